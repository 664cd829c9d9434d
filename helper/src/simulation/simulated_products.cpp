// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_products.hpp"

#include <algorithm>

namespace upshift::simulation {

namespace {

std::optional<DescribedProduct> product_with(const SimulatedInstaller& installer,
                                             const std::string& product_code) {
    auto products = installer.products();
    const auto found = std::ranges::find_if(
        products, [&](const auto& each) { return each.product.product_code == product_code; });
    return found == products.end() ? std::nullopt : std::optional(std::move(*found));
}

}  // namespace

std::vector<InstalledProduct> SimulatedProductInventory::all() {
    std::vector<InstalledProduct> products;
    for (auto& each : installer_->products()) {
        products.push_back(std::move(each.product));
    }
    return products;
}

std::optional<InstalledProduct> SimulatedProductInventory::find(const std::string& product_code) {
    auto found = product_with(*installer_, product_code);
    return found ? std::optional(std::move(found->product)) : std::nullopt;
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

std::vector<Feature> SimulatedProductInventory::features(const InstalledProduct& product) {
    auto found = product_with(*installer_, product.product_code);
    return found ? std::move(found->features) : std::vector<Feature>();
}

std::vector<InstalledPatch> SimulatedProductInventory::patches(const InstalledProduct& product) {
    auto found = product_with(*installer_, product.product_code);
    return found ? std::move(found->patches) : std::vector<InstalledPatch>();
}

}  // namespace upshift::simulation
