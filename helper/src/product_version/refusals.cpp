// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/refusals.hpp"

#include <algorithm>
#include <string>

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
    return seen.package.product_code == code ||
           (classified.installed && classified.installed->product_code == code);
}

}  // namespace

std::optional<ErrorDetail> refusal_of_package(const Observation& seen, const Classified& classified,
                                              const PackageRequest& request) {
    const PackageDescription& package = seen.package;
    ErrorDetail detail = refusal(ErrorKind::refused, package.name);
    if (!request.version.empty() &&
        parse_product_version(request.version) != parse_product_version(package.version)) {
        detail.found = "the package \"" + package.path + "\" provides version " + package.version;
        detail.needed = "a package of version " + request.version;
        return detail;
    }
    if (!request.product_code.empty() && !is_about_product(seen, classified, request.product_code)) {
        detail.found = "the package \"" + package.path + "\" is for product " + package.product_code;
        detail.needed = "a package for product " + request.product_code;
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

ErrorDetail refusal_of_classification(const TargetRow& row, Classification classification) {
    ErrorDetail detail = refusal(ErrorKind::refused, row.name);
    const std::string installed = "version " + row.version_before;
    switch (classification) {
        case Classification::small_update:
            detail.found = "another build of " + installed + " is installed";
            detail.hint = "Small updates are not yet available.";
            break;
        case Classification::side_by_side:
            detail.found = "the package would stand beside " + installed + " and not replace it";
            detail.hint = "Installing side by side is not yet available.";
            break;
        case Classification::several_related:
            detail.found = "the package would replace several installed products";
            detail.hint = "Replacing several products is not yet available; remove all but one.";
            break;
        case Classification::advertised:
            detail.found = "the product is advertised and not installed";
            detail.hint = "Upgrading advertised products is not yet available; install the product first.";
            break;
        case Classification::other_user:
            detail.found = installed + " belongs to another user";
            detail.hint = "Run the helper as that user.";
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
