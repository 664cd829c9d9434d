// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "contract/answer.hpp"
#include "product_version/install_run.hpp"
#include "product_version/plan.hpp"

namespace upshift {

/// What is installed after an installation, read from the inventory and not believed from its code.
struct ReadBack {
    std::optional<InstalledProduct> product;  ///< with the package's product code
    std::vector<InstalledProduct> remaining;  ///< products that were to be replaced and are still there
    std::vector<Feature> lost_features;       ///< that were there before, in the state they have now
    bool lacks_patch = false;                 ///< the patch is not among those of the product
    bool restart_pending = false;             ///< a restart is asked for that was not before
};

/// Pure: the features that an installation took away: of the product itself those that are no longer there,
/// of one that replaced it those that are merely advertised (facts: windows-installer, section 2.4).
std::vector<Feature> lost_features(const std::vector<Feature>& before, const std::vector<Feature>& after,
                                   bool is_same_product);

/// Pure: the row of an order that was carried out. Success is what the inventory shows together with a code
/// that says so; the code alone is not.
TargetRow conclude(const ProductPlan& plan, const InstallRun& run, const ReadBack& after);

/// Pure: whether what the installation was to replace is gone, and nothing came in its place.
bool is_lost(const ProductPlan& plan, const ReadBack& after);

/// Pure: the row of an installation after which the inventory could not be read; it counts as changed.
TargetRow unread_row(const ProductPlan& plan, const InstallRun& run, const ErrorDetail& error);

/// Pure: the row of an installation that could not be begun.
TargetRow not_begun_row(const ProductPlan& plan, const ErrorDetail& error);

/// Pure: the row of an installation that was not begun because another one holds the installer.
TargetRow busy_row(const ProductPlan& plan);

}  // namespace upshift
