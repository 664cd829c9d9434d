// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "product_version/classify.hpp"

namespace upshift {

/// What a patch is to the installed products that it is for.
struct ClassifiedPatch {
    Classification classification = Classification::absent;
    std::optional<InstalledProduct> installed;  ///< the product that decided; none where absent
    PatchTarget target;                         ///< what the patch makes of that product
    std::vector<InstalledProduct> applicable;   ///< every product that it could be applied to now
};

/// Pure. Of several products one that the patch can be applied to decides, then one that has it, then one
/// that is beyond it, then one that cannot be dealt with.
ClassifiedPatch classify_patch(const PatchDescription& patch, const std::vector<PatchedProduct>& products);

}  // namespace upshift
