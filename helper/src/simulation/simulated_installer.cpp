// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_installer.hpp"

#include <algorithm>

#include "installer/outcome_codes.hpp"
#include "product_version/classify.hpp"

namespace upshift::simulation {

namespace {

bool is_replaced_by(const DescribedProduct& installed, const PackageDescription& package) {
    const RelatedProduct related{installed.product, installed.upgrade_code};
    return std::ranges::any_of(
        package.upgrade_rows, [&](const auto& row) { return !row.only_detect && row_matches(row, related); });
}

DescribedProduct product_of(const PackageDescription& package) {
    return {.product = {.product_code = package.product_code,
                        .package_code = package.package_code,
                        .version = package.version,
                        .name = package.name,
                        .publisher = package.publisher,
                        .language = package.language,
                        .context = package.context},
            .upgrade_code = package.upgrade_code};
}

void erase_code(std::vector<DescribedProduct>& products, const std::string& product_code) {
    std::erase_if(products, [&](const auto& each) { return each.product.product_code == product_code; });
}

}  // namespace

SimulatedInstaller::SimulatedInstaller(std::vector<DescribedProduct> products,
                                       std::vector<DescribedPackage> packages, ProductChanges earlier,
                                       Store store)
    : products_(std::move(products)),
      packages_(std::move(packages)),
      changes_(std::move(earlier)),
      store_(std::move(store)) {
    for (const auto& code : changes_.gone) {
        erase_code(products_, code);
    }
    for (const auto& present : changes_.present) {
        erase_code(products_, present.product.product_code);
        products_.push_back(present);
    }
}

std::vector<DescribedProduct> SimulatedInstaller::products() const {
    const std::lock_guard lock(mutex_);
    return products_;
}

const DescribedPackage& SimulatedInstaller::find_package(const std::string& path) const {
    const auto found =
        std::ranges::find_if(packages_, [&](const auto& each) { return each.package.path == path; });
    if (found == packages_.end()) {
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

PackageDescription SimulatedInstaller::read(const std::string& path) const {
    return find_package(path).package;
}

InstallResult SimulatedInstaller::install(const InstallOrder& order) {
    const DescribedPackage& package = find_package(order.path);
    if (!store_) {
        throw OperationError({.kind = ErrorKind::internal,
                              .attempted = "install the package",
                              .object = order.path,
                              .found = "this run may only read the simulation"});
    }
    if (is_success(package.result)) {
        const std::lock_guard lock(mutex_);
        replace_products(package.package);
        store_(changes_);
    }
    return {.code = package.result};
}

void SimulatedInstaller::replace_products(const PackageDescription& package) {
    std::vector<std::string> replaced;
    for (const auto& installed : products_) {
        if (is_replaced_by(installed, package)) {
            replaced.push_back(installed.product.product_code);
        }
    }
    for (const auto& code : replaced) {
        remove(code);
    }
    remove(package.product_code);
    std::erase(changes_.gone, package.product_code);
    products_.push_back(product_of(package));
    changes_.present.push_back(products_.back());
}

void SimulatedInstaller::remove(const std::string& product_code) {
    erase_code(products_, product_code);
    erase_code(changes_.present, product_code);
    std::erase(changes_.gone, product_code);
    changes_.gone.push_back(product_code);
}

std::vector<InstalledProduct> SimulatedProductInventory::all() {
    std::vector<InstalledProduct> products;
    for (auto& each : installer_->products()) {
        products.push_back(std::move(each.product));
    }
    return products;
}

std::optional<InstalledProduct> SimulatedProductInventory::find(const std::string& product_code) {
    for (auto& each : all()) {
        if (each.product_code == product_code) {
            return std::move(each);
        }
    }
    return std::nullopt;
}

std::vector<InstalledProduct> SimulatedProductInventory::related(const std::string& upgrade_code) {
    std::vector<InstalledProduct> products;
    for (auto& each : installer_->products()) {
        if (each.upgrade_code == upgrade_code) {
            products.push_back(std::move(each.product));
        }
    }
    return products;
}

InstallResult SimulatedInstallEngine::install(const InstallOrder& order, InstallObserver& observer) {
    observer.action_started("INSTALL");
    InstallResult result = installer_->install(order);
    observer.progressed(100);
    return result;
}

}  // namespace upshift::simulation
