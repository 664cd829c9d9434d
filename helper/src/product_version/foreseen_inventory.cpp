// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/foreseen_inventory.hpp"

#include <algorithm>
#include <utility>

namespace upshift {

namespace {

/// A patch leaves the product as it is, but for its version.
InstalledProduct product_of(const ProductPlan& plan) {
    const PackageDescription& package = plan.package;
    if (package.patch && plan.installed) {
        InstalledProduct patched = *plan.installed;
        patched.version = plan.row.version_wanted;
        return patched;
    }
    InstalledProduct product;
    product.product_code = package.product_code;
    product.package_code = package.package_code;
    product.version = package.version;
    product.name = package.name;
    product.publisher = package.publisher;
    product.language = package.language;
    product.context = package.context;
    return product;
}

/// What the product has once that patch is applied: those that it replaces stay, superseded.
std::vector<InstalledPatch> patches_after(std::vector<InstalledPatch> patches,
                                          const PatchDescription& patch) {
    for (auto& earlier : patches) {
        if (std::ranges::count(patch.replaces, earlier.patch_code) > 0) {
            earlier.state = PatchState::superseded;
        }
    }
    patches.push_back({patch.patch_code, PatchState::applied, patch.replaces});
    return patches;
}

}  // namespace

void ForeseenInventory::foresee(const ProductPlan& plan) {
    if (!plan.order) {
        return;
    }
    for (const auto& product : plan.replaced) {
        forget(product.product_code);
    }
    Foreseen next{product_of(plan), plan.package.upgrade_code, {}};
    if (plan.package.patch) {
        next.patches = patches_after(patches(next.product), *plan.package.patch);
    }
    forget(next.product.product_code);
    foreseen_.push_back(std::move(next));
}

std::vector<InstalledProduct> ForeseenInventory::all() {
    auto products = now_.all();
    take_out_foreseen(products);
    for (const auto& each : foreseen_) {
        products.push_back(each.product);
    }
    return products;
}

std::optional<InstalledProduct> ForeseenInventory::find(const std::string& product_code) {
    const auto found = std::ranges::find_if(
        foreseen_, [&](const auto& each) { return each.product.product_code == product_code; });
    if (found != foreseen_.end()) {
        return found->product;
    }
    return overtaken_.contains(product_code) ? std::nullopt : now_.find(product_code);
}

std::vector<InstalledProduct> ForeseenInventory::related(const std::string& upgrade_code) {
    auto products = now_.related(upgrade_code);
    take_out_foreseen(products);
    for (const auto& each : foreseen_) {
        if (each.upgrade_code == upgrade_code) {
            products.push_back(each.product);
        }
    }
    return products;
}

std::vector<Feature> ForeseenInventory::features(const InstalledProduct& product) {
    return now_.features(product);
}

std::vector<InstalledPatch> ForeseenInventory::patches(const InstalledProduct& product) {
    const auto found = std::ranges::find_if(
        foreseen_, [&](const auto& each) { return each.product.product_code == product.product_code; });
    return found != foreseen_.end() ? found->patches : now_.patches(product);
}

void ForeseenInventory::forget(const std::string& product_code) {
    overtaken_.insert(product_code);
    std::erase_if(foreseen_, [&](const auto& each) { return each.product.product_code == product_code; });
}

void ForeseenInventory::take_out_foreseen(std::vector<InstalledProduct>& products) const {
    std::erase_if(products, [&](const auto& each) { return overtaken_.contains(each.product_code); });
}

}  // namespace upshift
