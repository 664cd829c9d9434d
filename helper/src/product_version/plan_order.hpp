// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "product_version/plan.hpp"

namespace upshift {

/// Pure: the plan that runs the package, to the last property. `row` says what is there before.
ProductPlan order_for(TargetRow row, const Observation& seen, const Classified& classified,
                      const PackageRequest& request, bool restart_manager);

}  // namespace upshift
