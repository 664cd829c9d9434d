// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "installer/install_engine.hpp"
#include "product_version/classify.hpp"

namespace upshift {

/// As the journal names it.
constexpr std::string_view product_operation = "msi_product_version";

/// What to do with one package. Without an order the row is the whole answer; with one the row is the answer
/// of check mode, and becomes the answer once the order has been carried out.
struct ProductPlan {
    TargetRow row;
    std::optional<InstallOrder> order;  ///< its log is chosen when it is carried out
    Classification classification = Classification::absent;
    std::optional<InstalledProduct> installed;  ///< what is there before
    std::vector<InstalledProduct> replaced;     ///< what is to be gone afterwards
    std::optional<JournalEntry> unfinished;     ///< what an earlier run left
    PackageDescription package;
};

/// Pure: whether what is to go is removed by orders of our own, before the package is installed. A major
/// upgrade does it by itself.
bool removes_first(Classification classification, const std::vector<InstalledProduct>& replaced);

/// Pure: what the package, what is installed and the user's choices lead to.
ProductPlan plan_product(const Observation& seen, const PackageRequest& request,
                         const ProductVersionRequest& choices);

/// Pure: the row of a package that need not be opened, because the wanted version of the products selected by
/// code or by name is installed already. Nothing where the package must be read.
std::optional<TargetRow> already_met(const std::vector<InstalledProduct>& selected,
                                     const PackageRequest& request, WhenNewer when_newer);

/// The row of a package that could not even be planned.
TargetRow failed_row(const PackageRequest& request, const ErrorDetail& error);

}  // namespace upshift
