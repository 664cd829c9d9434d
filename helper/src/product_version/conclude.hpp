// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contract/answer.hpp"
#include "product_version/install_run.hpp"
#include "product_version/plan.hpp"

namespace upshift {

/// What is installed after an installation, read from the inventory and not believed from its code.
struct ReadBack {
    std::optional<InstalledProduct> product;   ///< with the package's product code
    std::optional<InstalledProduct> replaced;  ///< the product that a major upgrade was to replace
    bool restart_pending = false;              ///< a restart is asked for that was not before
};

/// Pure: the row of an order that was carried out. Success is what the inventory shows together with a code
/// that says so; the code alone is not.
TargetRow conclude(const ProductPlan& plan, const InstallRun& run, const ReadBack& after);

}  // namespace upshift
