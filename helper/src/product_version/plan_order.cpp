// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/plan_order.hpp"

#include <string>

#include "product_version/conclude_errors.hpp"

namespace upshift {

namespace {

std::string reason_for(const TargetRow& row, const PackageDescription& package,
                       const Classified& classified) {
    switch (classified.classification) {
        case Classification::absent:
            return "Version " + package.version + " would be installed.";
        case Classification::side_by_side:
            return "Version " + package.version + " would be installed beside version " + row.version_before +
                   ", which stays.";
        case Classification::small_update:
            return "Another build of version " + package.version + " would be installed.";
        case Classification::interrupted:
            return "An earlier run was killed while it installed version " + package.version +
                   ": it would be installed " + (row.version_before.empty() ? "now." : "once more.");
        default:
            break;
    }
    if (classified.replaced.size() > 1) {
        return "Version " + package.version + " would replace " + listed(classified.replaced) + ".";
    }
    return "It would be upgraded from " + row.version_before + " to " + package.version + ".";
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
    row.reason = reason_for(row, package, classified);
    if (classified.classification == Classification::side_by_side) {
        row.version_before.clear();
        row.product_code_before.clear();
    }
    const bool is_new = is_first_installation(classified.classification) || row.version_before.empty();
    row.outcome = is_new ? Outcome::would_install : Outcome::would_upgrade;
    row.changed = true;
    row.package_code = package.package_code;
    if (seen.same && seen.same->package_code != package.package_code) {
        row.package_code_before = seen.same->package_code;
    }
    row.properties = properties_for(seen.same.has_value(), request, restart_manager);
    return {.row = row,
            .order = InstallOrder{.path = package.path,
                                  .product_code = {},
                                  .properties = row.properties,
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
