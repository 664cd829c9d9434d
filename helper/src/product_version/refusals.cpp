// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/refusals.hpp"

#include <algorithm>
#include <string>

#include "product_version/product_journal.hpp"
#include "support/pattern.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

ErrorDetail refusal(ErrorKind kind, const std::string& object) {
    ErrorDetail detail;
    detail.kind = kind;
    detail.attempted = "upgrade the product";
    detail.object = object;
    return detail;
}

bool knows_upgrade_code(const PackageDescription& package, const std::string& code) {
    return package.upgrade_code == code ||
           std::any_of(package.upgrade_rows.begin(), package.upgrade_rows.end(),
                       [&](const auto& row) { return row.upgrade_code == code; });
}

bool is_about_product(const Observation& seen, const Classified& classified, const std::string& code) {
    const auto is_it = [&](const InstalledProduct& product) { return product.product_code == code; };
    if (seen.package.product_code == code || (classified.installed && is_it(*classified.installed)) ||
        std::ranges::any_of(classified.replaced, is_it)) {
        return true;
    }
    // What a killed upgrade has removed already is still what was meant.
    return seen.unfinished &&
           (seen.unfinished->id == code || std::ranges::count(replaced_codes(*seen.unfinished), code) > 0);
}

std::string named(const InstalledProduct& product) {
    return "\"" + product.name + "\" (" + product.product_code + ")";
}

std::optional<ErrorDetail> refusal_of_name(const Observation& seen, const Classified& classified,
                                           const std::string& name) {
    ErrorDetail detail = refusal(ErrorKind::refused, seen.package.name);
    if (seen.named.size() > 1) {
        detail.found = "the name \"" + name + "\" fits several installed products:";
        for (const auto& product : seen.named) {
            detail.found += (detail.found.back() == ':' ? " " : ", ") + named(product);
        }
        detail.needed = "a name that fits one of them, or its product_code";
        return detail;
    }
    if (seen.named.empty() && classified.installed && !seen.unfinished) {
        detail.found = "the package \"" + seen.package.path + "\" is for " + named(*classified.installed);
        detail.needed = "a package for a product with the name \"" + name + "\"";
        return detail;
    }
    if (!seen.named.empty() && !is_about_product(seen, classified, seen.named.front().product_code)) {
        detail.found = "the package \"" + seen.package.path + "\" is not for " + named(seen.named.front());
        detail.needed = "a package that upgrades that product";
        return detail;
    }
    return std::nullopt;
}

}  // namespace

std::optional<ErrorDetail> refusal_of_content(const PackageDescription& package,
                                              const PackageRequest& request) {
    ErrorDetail detail = refusal(ErrorKind::refused, package.name);
    if (!request.version.empty() &&
        parse_product_version(request.version) != parse_product_version(package.version)) {
        detail.found = "the package \"" + package.path + "\" provides version " + package.version;
        detail.needed = "a package of version " + request.version;
        return detail;
    }
    if (!request.upgrade_code.empty() && !knows_upgrade_code(package, request.upgrade_code)) {
        detail.found = "the package \"" + package.path + "\" has upgrade code " +
                       (package.upgrade_code.empty() ? "none" : package.upgrade_code);
        detail.needed = "a package with upgrade code " + request.upgrade_code;
        return detail;
    }
    return std::nullopt;
}

std::optional<ErrorDetail> refusal_of_selection(const Observation& seen, const Classified& classified,
                                                const PackageRequest& request) {
    if (!request.product_code.empty() && !is_about_product(seen, classified, request.product_code)) {
        ErrorDetail detail = refusal(ErrorKind::refused, seen.package.name);
        detail.found =
            "the package \"" + seen.package.path + "\" is for product " + seen.package.product_code;
        detail.needed = "a package for product " + request.product_code;
        return detail;
    }
    return request.name.empty() ? std::nullopt : refusal_of_name(seen, classified, request.name);
}

std::optional<ErrorDetail> refusal_of_unfit_name(const PackageDescription& package,
                                                 const PackageRequest& request) {
    if (request.name.empty() || Pattern(request.name).matches(fold_case(package.name))) {
        return std::nullopt;
    }
    ErrorDetail detail = refusal(ErrorKind::refused, package.name);
    detail.found =
        "the package \"" + package.path + "\" is for \"" + package.name + "\" (" + package.product_code + ")";
    detail.needed = "a package for a product with the name \"" + request.name + "\"";
    return detail;
}

std::optional<ErrorDetail> refusal_of_wmi(const TargetRow& row, const Classified& classified) {
    ErrorDetail detail = refusal(ErrorKind::not_supported, row.name);
    const bool is_there = !row.version_before.empty();
    const bool is_again = classified.classification == Classification::small_update ||
                          classified.classification == Classification::interrupted;
    if (is_there && is_again) {
        detail.found = "version " + row.version_before + " is installed, and would be installed again";
        detail.needed = "an earlier version: Win32_Product.Upgrade upgrades from one";
    } else if (classified.classification != Classification::major_upgrade && !classified.replaced.empty()) {
        detail.found = "an earlier run left an older product beside it, which is to be removed first";
        detail.needed = "an engine that removes products";
    } else {
        return std::nullopt;
    }
    detail.hint = "Set engine to api.";
    return detail;
}

ErrorDetail refusal_of_newer(const TargetRow& row) {
    ErrorDetail detail = refusal(ErrorKind::refused, row.name);
    detail.found = "the newer version " + row.version_before + " is installed";
    detail.needed = "at most version " + row.version_wanted;
    detail.hint = "Leave when_newer at unchanged to accept newer versions.";
    return detail;
}

ErrorDetail refusal_of_absent(const TargetRow& row) {
    ErrorDetail detail = refusal(ErrorKind::not_found, row.name);
    detail.found = "it is not installed";
    detail.needed = "an installed version below " + row.version_wanted;
    detail.hint = "Set when_absent to install or to skip.";
    return detail;
}

ErrorDetail refusal_of_classification(const TargetRow& row, const Classified& classified) {
    ErrorDetail detail = refusal(ErrorKind::refused, row.name);
    const std::string installed = "version " + row.version_before;
    switch (classified.classification) {
        case Classification::side_by_side:
            detail.found = classified.is_detected
                               ? "the package looks for " + installed + " and would not replace it"
                               : "the package would stand beside " + installed + " and not replace it";
            detail.hint = "Set when_side_by_side to install to have both, or remove the product first.";
            break;
        case Classification::advertised:
            detail.found = "the product is advertised and not installed";
            detail.hint = "Install the product first.";
            break;
        case Classification::other_user:
            detail.found = installed + " belongs to another user";
            detail.hint = "Run the helper as that user.";
            break;
        case Classification::instance:
            detail.found = installed + " is one of several instances of one package";
            detail.hint = "Upgrade it with the transform that made the instance, by the product's own means.";
            break;
        case Classification::context_mismatch:
            detail.found =
                "the product and the package are not both per machine or both per user, so that the "
                "package would stand beside " +
                installed;
            detail.hint = "Use a package for the same context, or remove the product first.";
            break;
        default:
            detail.found = "the installed version is \"" + row.version_before + "\"";
            detail.needed = "a version that can be compared, such as 1.2.3";
            detail.hint = "Remove or repair the product first.";
            break;
    }
    return detail;
}

}  // namespace upshift
