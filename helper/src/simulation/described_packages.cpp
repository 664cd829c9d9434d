// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/described_packages.hpp"

#include <algorithm>

#include "support/error.hpp"

namespace upshift::simulation {

namespace {

void set_if_given(std::string& value, const std::string& given) {
    if (!given.empty()) {
        value = given;
    }
}

void apply_transform(PackageDescription& package, const DescribedPackage& described,
                     const std::string& path) {
    const auto found = std::ranges::find(described.transforms, path, &DescribedTransform::path);
    if (found == described.transforms.end()) {
        throw OperationError({.kind = ErrorKind::package_unreadable,
                              .attempted = "read the transform",
                              .object = path,
                              .found = "there is no such file",
                              .hint = "Describe it among the transforms of the package."});
    }
    set_if_given(package.product_code, found->product_code);
    set_if_given(package.upgrade_code, found->upgrade_code);
    set_if_given(package.package_code, found->package_code);
    set_if_given(package.version, found->version);
    set_if_given(package.name, found->name);
}

}  // namespace

const DescribedPackage& find_package(const std::vector<DescribedPackage>& packages, const std::string& path) {
    const auto found =
        std::ranges::find_if(packages, [&](const auto& each) { return each.package.path == path; });
    if (found == packages.end()) {
        throw OperationError({.kind = ErrorKind::package_unreadable,
                              .attempted = "read the package",
                              .object = path,
                              .found = "there is no such file",
                              .hint = "Describe it among the packages of the simulation."});
    }
    if (const auto& error = found->error; error.has_value()) {
        throw OperationError(*error);
    }
    return *found;
}

PackageDescription transformed(const DescribedPackage& described,
                               const std::vector<std::string>& transforms) {
    PackageDescription package = described.package;
    if (package.patch) {
        return package;
    }
    for (const auto& transform : transforms) {
        apply_transform(package, described, transform);
    }
    return package;
}

}  // namespace upshift::simulation
