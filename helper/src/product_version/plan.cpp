// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/plan.hpp"

#include <algorithm>
#include <string>

#include "product_version/file_name.hpp"
#include "product_version/refusals.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

using Properties = std::vector<std::pair<std::string, std::string>>;

// Windows never restarts by itself under a run; without it a silent installation restarts at will ("REBOOT
// Property").
const std::pair<std::string, std::string> no_restart{"REBOOT", "ReallySuppress"};

/// A minor upgrade reinstalls every feature from the given package and caches that ("Applying Small Updates
/// by Reinstalling the Product"). A first installation, which a major upgrade is too, must have none of it.
Properties properties_for(Classification classification) {
    if (classification == Classification::minor_upgrade) {
        return {{"REINSTALL", "ALL"}, {"REINSTALLMODE", "vomus"}, no_restart};
    }
    return {no_restart};
}

TargetRow row_for(const Observation& seen, const Classified& classified, const PackageRequest& request) {
    TargetRow row;
    row.name = seen.package.name;
    row.product_code = seen.package.product_code;
    row.version_wanted = request.version.empty() ? seen.package.version : request.version;
    row.classification = name_of(classified.classification);
    if (classified.installed) {
        row.version_before = classified.installed->version;
        if (classified.installed->product_code != row.product_code) {
            row.product_code_before = classified.installed->product_code;
        }
    }
    return row;
}

/// Nothing is run, so that the row is about the product that is there.
ProductPlan leave(TargetRow row, Outcome outcome, const std::string& reason) {
    row.outcome = outcome;
    row.version = row.version_before;
    row.reason = reason;
    if (!row.product_code_before.empty()) {
        row.product_code = std::exchange(row.product_code_before, "");
    }
    return {std::move(row), std::nullopt};
}

ProductPlan fail(TargetRow row, const ErrorDetail& error) {
    row.error = error;
    return leave(std::move(row), Outcome::failed, explanation(error));
}

ProductPlan run(TargetRow row, const PackageDescription& package, Classification classification) {
    const bool is_new = classification == Classification::absent;
    row.outcome = is_new ? Outcome::would_install : Outcome::would_upgrade;
    row.changed = true;
    row.reason = is_new ? "Version " + package.version + " would be installed."
                        : "It would be upgraded from " + row.version_before + " to " + package.version + ".";
    return {std::move(row), InstallOrder{.path = package.path, .properties = properties_for(classification)}};
}

ProductPlan plan_newer(const TargetRow& row, const ProductPolicy& policy) {
    if (policy.when_newer == WhenNewer::fail) {
        return fail(row, refusal_of_newer(row));
    }
    return leave(row, Outcome::unchanged, "The newer version " + row.version_before + " is installed.");
}

ProductPlan plan_absent(const TargetRow& row, const PackageDescription& package,
                        const ProductPolicy& policy) {
    switch (policy.when_absent) {
        case WhenAbsent::skip:
            return leave(row, Outcome::skipped, "It is not installed, and when_absent is skip.");
        case WhenAbsent::install:
            return run(row, package, Classification::absent);
        case WhenAbsent::fail:
            break;
    }
    return fail(row, refusal_of_absent(row));
}

}  // namespace

ProductPlan plan_product(const Observation& seen, const PackageRequest& request,
                         const ProductPolicy& policy) {
    const Classified classified = classify(seen);
    TargetRow row = row_for(seen, classified, request);
    if (const auto error = refusal_of_package(seen, classified, request)) {
        return fail(row, *error);
    }
    switch (classified.classification) {
        case Classification::same:
            return leave(row, Outcome::unchanged, "Version " + row.version_before + " is installed already.");
        case Classification::newer_installed:
            return plan_newer(row, policy);
        case Classification::absent:
            return plan_absent(row, seen.package, policy);
        case Classification::minor_upgrade:
        case Classification::major_upgrade:
            return run(std::move(row), seen.package, classified.classification);
        default:
            return fail(row, refusal_of_classification(row, classified.classification));
    }
}

std::optional<TargetRow> already_met(const std::vector<InstalledProduct>& selected,
                                     const PackageRequest& request, const ProductPolicy& policy) {
    const auto wanted = parse_product_version(request.version);
    const auto found = std::find_if(selected.begin(), selected.end(), [&](const InstalledProduct& product) {
        return !product.advertised && !product.of_another_user &&
               parse_product_version(product.version) >= wanted;
    });
    if (!wanted || found == selected.end()) {
        return std::nullopt;
    }
    const bool is_newer = parse_product_version(found->version) > wanted;
    TargetRow row;
    row.name = found->name;
    row.product_code = found->product_code;
    row.version_before = found->version;
    row.version_wanted = request.version;
    row.classification = name_of(is_newer ? Classification::newer_installed : Classification::same);
    return is_newer
               ? plan_newer(row, policy).row
               : leave(row, Outcome::unchanged, "Version " + found->version + " is installed already.").row;
}

TargetRow failed_row(const PackageRequest& request, const ErrorDetail& error) {
    return fail({.name = file_name(request.path),
                 .product_code = request.product_code,
                 .version_wanted = request.version},
                error)
        .row;
}

}  // namespace upshift
