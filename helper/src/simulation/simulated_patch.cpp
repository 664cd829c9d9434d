// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_patch.hpp"

#include <algorithm>

namespace upshift::simulation {

namespace {

const PatchTarget* target_of(const PatchDescription& patch, const InstalledProduct& product) {
    const auto found = std::ranges::find_if(patch.targets, [&](const PatchTarget& target) {
        return target.product_code == product.product_code && takes_version(target, product.version);
    });
    return found == patch.targets.end() ? nullptr : &*found;
}

void add_patch(DescribedProduct& product, const PatchDescription& patch) {
    for (auto& earlier : product.patches) {
        if (std::ranges::count(patch.replaces, earlier.patch_code) > 0) {
            earlier.state = PatchState::superseded;
        }
    }
    product.patches.push_back({patch.patch_code, PatchState::applied, patch.replaces});
}

}  // namespace

std::optional<DescribedProduct> patched(const PatchDescription& patch,
                                        const std::vector<DescribedProduct>& products,
                                        const std::string& product_code) {
    for (const auto& described : products) {
        const bool is_meant = product_code.empty() || described.product.product_code == product_code;
        const PatchTarget* target = is_meant ? target_of(patch, described.product) : nullptr;
        if (target == nullptr) {
            continue;
        }
        DescribedProduct after = described;
        if (!target->new_version.empty()) {
            after.product.version = target->new_version;
        }
        add_patch(after, patch);
        return after;
    }
    return std::nullopt;
}

}  // namespace upshift::simulation
