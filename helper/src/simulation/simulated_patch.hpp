// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulation/product_rows.hpp"

namespace upshift::simulation {

/// What the patch makes of the product with that code, or of the first that it is for where the code is
/// empty. Nothing where it cannot be applied (the installer answers 1642 then).
std::optional<DescribedProduct> patched(const PatchDescription& patch,
                                        const std::vector<DescribedProduct>& products,
                                        const std::string& product_code);

}  // namespace upshift::simulation
