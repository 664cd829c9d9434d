// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "installer/install_engine.hpp"
#include "product_version/classify.hpp"

namespace upshift {

/// What the user chose for every package of a run.
struct ProductPolicy {
    WhenAbsent when_absent = WhenAbsent::fail;
    WhenNewer when_newer = WhenNewer::unchanged;
};

/// What to do with one package. Without an order the row is the whole answer; with one the row is the answer
/// of check mode, and becomes the answer once the order has been carried out.
struct ProductPlan {
    TargetRow row;
    std::optional<InstallOrder> order;  ///< its log is chosen when it is carried out
};

/// Pure: what the package, what is installed and the user's choices lead to.
ProductPlan plan_product(const Observation& seen, const PackageRequest& request, const ProductPolicy& policy);

/// Pure: the row of a package that need not be opened, because the wanted version of the products selected by
/// code is installed already. Nothing where the package must be read.
std::optional<TargetRow> already_met(const std::vector<InstalledProduct>& selected,
                                     const PackageRequest& request, const ProductPolicy& policy);

/// The row of a package that could not even be planned.
TargetRow failed_row(const PackageRequest& request, const ErrorDetail& error);

}  // namespace upshift
