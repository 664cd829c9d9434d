// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "installer/install_engine.hpp"
#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"
#include "machine/machine.hpp"
#include "support/run_context.hpp"

namespace upshift {

/// The outside world of product upgrades; nothing is owned.
struct ProductSeams {
    PackageReader& reader;
    ProductInventory& inventory;
    InstallEngine& engine;
    Machine& machine;
};

/// Brings the products of the packages to the packages' versions, one after the other. In check mode the plan
/// is the answer. An installer call that neither ends nor listens is left running and told so; then the
/// process must end without destroying the seams.
Answer upgrade_products(const ProductVersionRequest& request, const AnswerOptions& options,
                        const ProductSeams& seams, const RunContext& context);

/// What is installed, and what given packages are.
Answer list_products(const ProductInfoRequest& request, const ProductSeams& seams, const RunContext& context);

}  // namespace upshift
