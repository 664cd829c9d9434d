// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/plan_order.hpp"

#include <string>

#include "product_version/conclude_errors.hpp"
#include "product_version/product_journal.hpp"

namespace upshift {

namespace {

/// As the engine hands them over, which makes whole paths of them.
Properties with_transforms(Properties properties, const std::vector<std::string>& transforms) {
    std::string joined;
    for (const auto& path : transforms) {
        joined += (joined.empty() ? "" : ";") + path;
    }
    if (!joined.empty()) {
        properties.emplace_back("TRANSFORMS", joined);
    }
    return properties;
}

/// `unfinished` is of this product or of another one of its family.
std::string reason_to_resume(const TargetRow& row, const JournalEntry& unfinished,
                             const std::string& version) {
    const bool is_told = unfinished.version == version;
    return what_happened(unfinished) + ": " + (is_told ? "it" : "version " + version) +
           " would be installed " + (row.version_before.empty() ? "now." : "once more.");
}

std::string reason_for(const TargetRow& row, const Observation& seen, const Classified& classified) {
    const PackageDescription& package = seen.package;
    switch (classified.classification) {
        case Classification::absent:
            return "Version " + package.version + " would be installed.";
        case Classification::side_by_side:
            return "Version " + package.version + " would be installed beside version " + row.version_before +
                   ", which stays.";
        case Classification::small_update:
            return "Another build of version " + package.version + " would be installed.";
        case Classification::interrupted:
            return reason_to_resume(row, seen.unfinished.value_or(JournalEntry()), package.version);
        default:
            break;
    }
    if (classified.classification == Classification::major_upgrade && classified.replaced.size() > 1) {
        return "Version " + package.version + " would replace " + listed(classified.replaced) + ".";
    }
    return "It would be upgraded from " + row.version_before + " to " + package.version + ".";
}

/// What goes beside the product that the row is about.
std::vector<RemovedProduct> removed_beside(const TargetRow& row,
                                           const std::vector<InstalledProduct>& replaced) {
    std::vector<RemovedProduct> removed;
    for (const auto& product : replaced) {
        if (product.product_code != row.product_code_before) {
            removed.push_back({product.name, product.product_code, product.version, ""});
        }
    }
    return removed;
}

bool is_first_installation(Classification classification) {
    return classification == Classification::absent || classification == Classification::side_by_side;
}

}  // namespace

Properties properties_for(bool is_reinstallation, const PackageRequest& request, bool restart_manager) {
    Properties properties(request.properties.begin(), request.properties.end());
    if (is_reinstallation) {
        properties.emplace_back("REINSTALL", "ALL");
        properties.emplace_back("REINSTALLMODE", "vomus");
    }
    // Windows never restarts by itself under a run; without it a silent installation restarts at will
    // ("REBOOT Property").
    properties.emplace_back("REBOOT", "ReallySuppress");
    if (!restart_manager) {
        properties.emplace_back("MSIRESTARTMANAGERCONTROL", "Disable");
    }
    return properties;
}

ProductPlan order_for(TargetRow row, const Observation& seen, const Classified& classified,
                      const PackageRequest& request, bool restart_manager) {
    const PackageDescription& package = seen.package;
    row.reason = reason_for(row, seen, classified);
    if (removes_first(classified.classification, classified.replaced)) {
        row.reason += " Before that, " + listed(classified.replaced) + " would be removed.";
    }
    if (classified.classification == Classification::side_by_side) {
        row.version_before.clear();
        row.product_code_before.clear();
    }
    const bool is_new = is_first_installation(classified.classification) || row.version_before.empty();
    row.outcome = is_new ? Outcome::would_install : Outcome::would_upgrade;
    row.changed = true;
    row.diff.version_planned = package.version;
    row.diff.removed = removed_beside(row, classified.replaced);
    row.package_code = package.package_code;
    if (seen.same && seen.same->package_code != package.package_code) {
        row.package_code_before = seen.same->package_code;
    }
    const Properties properties = properties_for(seen.same.has_value(), request, restart_manager);
    row.properties = with_transforms(properties, request.transforms);
    return {.row = row,
            .order = InstallOrder{.path = package.path,
                                  .product_code = {},
                                  .properties = properties,
                                  .transforms = request.transforms,
                                  .log_path = {},
                                  .installed = is_new ? std::nullopt : classified.installed,
                                  .is_patch = false,
                                  .per_machine = package.context == InstallContext::machine},
            .classification = classified.classification,
            .installed = is_new ? std::nullopt : classified.installed,
            .replaced = classified.replaced,
            .unfinished = seen.unfinished,
            .package = package};
}

}  // namespace upshift
