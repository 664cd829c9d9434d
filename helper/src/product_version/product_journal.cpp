// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/product_journal.hpp"

#include <algorithm>

namespace upshift {

namespace {

void add_code(std::string& codes, const std::string& code) {
    if (codes.find(code) == std::string::npos) {
        codes += (codes.empty() ? "" : " ") + code;
    }
}

}  // namespace

JournalEntry journal_entry(const ProductPlan& plan) {
    const PackageDescription& package = plan.package;
    JournalEntry entry{.operation = std::string(product_operation),
                       .id = package.product_code,
                       .name = package.name,
                       .begun = begun::installing,
                       .version = package.version,
                       .family = package.upgrade_code};
    for (const auto& product : plan.replaced) {
        add_code(entry.replaces, product.product_code);
    }
    if (plan.unfinished) {
        for (const auto& code : replaced_codes(*plan.unfinished)) {
            add_code(entry.replaces, code);
        }
    }
    return entry;
}

std::optional<JournalEntry> find_unfinished(const std::vector<JournalEntry>& entries,
                                            const PackageDescription& package) {
    const auto same =
        std::ranges::find_if(entries, [&](const auto& entry) { return entry.id == package.product_code; });
    if (same != entries.end()) {
        return *same;
    }
    const auto family = std::ranges::find_if(entries, [&](const auto& entry) {
        return !entry.family.empty() && entry.family == package.upgrade_code;
    });
    return family == entries.end() ? std::nullopt : std::optional(*family);
}

bool may_be_partial(const JournalEntry& entry) {
    return entry.begun == begun::installing;
}

bool stands_beside(const JournalEntry& entry) {
    return entry.begun == begun::beside;
}

std::string what_happened(const JournalEntry& entry) {
    const std::string version = "version " + entry.version;
    if (entry.begun == begun::lost) {
        return "An earlier run failed to install " + version + ", and nothing of the product was left";
    }
    if (entry.begun == begun::suspended) {
        return "An earlier run was suspended for a restart while it installed " + version;
    }
    if (entry.begun == begun::beside) {
        return "An earlier run installed " + version + " and failed to remove what that was to replace";
    }
    return "An earlier run was killed while it installed " + version;
}

std::vector<std::string> replaced_codes(const JournalEntry& entry) {
    std::vector<std::string> codes;
    std::string_view rest = entry.replaces;
    while (!rest.empty()) {
        const auto blank = rest.find(' ');
        codes.emplace_back(rest.substr(0, blank));
        rest = blank == std::string_view::npos ? std::string_view() : rest.substr(blank + 1);
    }
    return codes;
}

std::string warning_about(const JournalEntry& entry) {
    return "An earlier run did not finish installing version " + entry.version + " of \"" + entry.name +
           "\". Give its package again to finish it.";
}

}  // namespace upshift
