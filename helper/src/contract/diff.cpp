// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/diff.hpp"

namespace upshift {

namespace {

constexpr const char* absent = "absent";
constexpr const char* not_known = "not known";

std::string line(const std::string& name, const std::string& identity, const std::string& version,
                 const std::string& state) {
    std::string text = name;
    if (!identity.empty() && identity != name) {
        text += (text.empty() ? "" : " ") + ("(" + identity + ")");
    }
    return text + ": " + (version.empty() ? absent : version) + (state.empty() ? "" : ", " + state) + "\n";
}

bool is_planned(Outcome outcome) {
    return outcome == Outcome::would_upgrade || outcome == Outcome::would_install;
}

/// Only of a product that was looked at nothing read back means that it is gone.
std::string version_after(const TargetRow& row) {
    if (is_planned(row.outcome)) {
        return row.diff.version_planned.empty() ? row.version_wanted : row.diff.version_planned;
    }
    return row.version.empty() && row.classification.empty() ? row.version_before : row.version;
}

std::string known(const std::string& version, bool is_unknown) {
    return version.empty() && is_unknown ? not_known : version;
}

/// A product that keeps its version shows what else is new: the package, or that it was installed again.
std::string renewal(const TargetRow& row) {
    if (!row.changed || row.version_before.empty() || !row.product_code_before.empty() ||
        !row.vm_id.empty()) {
        return "";
    }
    if (row.version_before != version_after(row)) {
        return "";
    }
    return row.package_code_before.empty() ? "installed again" : "package " + row.package_code;
}

std::string state_after(const TargetRow& row) {
    if (is_planned(row.outcome) && !row.diff.state_planned.empty()) {
        return row.diff.state_planned;
    }
    return row.state.empty() ? row.state_before + renewal(row) : row.state;
}

std::string line_before(const TargetRow& row) {
    if (row.diff.replaced_stays) {
        return line(row.name, row.product_code, absent, "");
    }
    const auto& code = row.product_code_before.empty() ? row.product_code : row.product_code_before;
    const bool is_rebuilt = !row.package_code_before.empty() && !renewal(row).empty();
    return line(row.name, row.vm_id.empty() ? code : row.vm_id,
                known(row.version_before, row.diff.before_unknown),
                is_rebuilt ? "package " + row.package_code_before : row.state_before);
}

std::string line_after(const TargetRow& row) {
    return line(row.name, row.vm_id.empty() ? row.product_code : row.vm_id,
                known(version_after(row), row.diff.after_unknown), state_after(row));
}

}  // namespace

Diff diff_of(const std::vector<TargetRow>& rows) {
    Diff diff;
    for (const auto& row : rows) {
        diff.before += line_before(row);
        diff.after += line_after(row);
        for (const auto& product : row.diff.removed) {
            diff.before += line(product.name, product.product_code, product.version, "");
            diff.after += line(product.name, product.product_code, product.version_after, "");
        }
    }
    return diff;
}

}  // namespace upshift
