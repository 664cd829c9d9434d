// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/classify_patch.hpp"

#include <algorithm>

namespace upshift {

namespace {

/// What the patch makes of the product: by the transform for its version where there is one.
const PatchTarget* find_target(const PatchDescription& patch, const InstalledProduct& product) {
    const PatchTarget* found = nullptr;
    for (const auto& target : patch.targets) {
        if (target.product_code != product.product_code) {
            continue;
        }
        if (takes_version(target, product.version)) {
            return &target;
        }
        if (found == nullptr || is_reached(target, product.version)) {
            found = &target;
        }
    }
    return found;
}

bool is_superseded(const PatchDescription& patch, const PatchedProduct& patched) {
    return std::ranges::any_of(patched.patches, [&](const InstalledPatch& other) {
        const bool is_it = other.patch_code == patch.patch_code && other.state != PatchState::applied;
        return is_it || (other.state == PatchState::applied &&
                         std::ranges::count(other.replaces, patch.patch_code) > 0);
    });
}

Classification classify_product(const PatchDescription& patch, const PatchTarget& target,
                                const PatchedProduct& patched) {
    if (const auto obstacle = obstacle_of(patched.product)) {
        return *obstacle;
    }
    const bool is_applied = std::ranges::any_of(patched.patches, [&](const InstalledPatch& one) {
        return one.patch_code == patch.patch_code && one.state == PatchState::applied;
    });
    if (is_applied) {
        return Classification::applied;
    }
    if (is_superseded(patch, patched) || is_reached(target, patched.product.version)) {
        return Classification::superseded;
    }
    return takes_version(target, patched.product.version) ? Classification::applicable
                                                          : Classification::not_applicable;
}

int rank(Classification classification) {
    switch (classification) {
        case Classification::applicable:
            return 0;
        case Classification::applied:
            return 1;
        case Classification::superseded:
            return 2;
        case Classification::not_applicable:
            return 4;
        default:
            return 3;
    }
}

}  // namespace

ClassifiedPatch classify_patch(const PatchDescription& patch, const std::vector<PatchedProduct>& products) {
    ClassifiedPatch result;
    for (const auto& patched : products) {
        const PatchTarget* target = find_target(patch, patched.product);
        if (target == nullptr) {
            continue;
        }
        const auto classification = classify_product(patch, *target, patched);
        if (classification == Classification::applicable) {
            result.applicable.push_back(patched.product);
        }
        if (!result.installed || rank(classification) < rank(result.classification)) {
            result.classification = classification;
            result.installed = patched.product;
            result.target = *target;
        }
    }
    return result;
}

}  // namespace upshift
