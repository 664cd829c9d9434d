// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "product_version/plan.hpp"

namespace upshift {

/// Pure: what a patch, the products it is for and the user's choices lead to.
ProductPlan plan_patch(const Observation& seen, const PatchDescription& patch, const PackageRequest& request,
                       const ProductVersionRequest& choices);

}  // namespace upshift
