// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "product_version/plan.hpp"

namespace upshift {

using Properties = std::vector<std::pair<std::string, std::string>>;

/// What is installed already is installed again from the given package, which is cached then ("Applying Small
/// Updates by Reinstalling the Product"). A first installation, which a major upgrade is too, must have none
/// of it; nor a patch, for which the installer sets it by itself ("MsiApplyPatch function").
Properties properties_for(bool is_reinstallation, const PackageRequest& request, bool restart_manager);

/// Pure: the plan that runs the package, to the last property. `row` says what is there before.
ProductPlan order_for(TargetRow row, const Observation& seen, const Classified& classified,
                      const PackageRequest& request, bool restart_manager);

}  // namespace upshift
