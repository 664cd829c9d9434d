// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"

namespace upshift {

/// An installed product, and the upgrade code under which a package found it.
struct RelatedProduct {
    InstalledProduct product;
    std::string upgrade_code;
};

/// Everything that planning one package looks at.
struct Observation {
    PackageDescription package;
    std::optional<InstalledProduct> same;  ///< the product with the package's own product code
    std::vector<RelatedProduct> related;  ///< others that share an upgrade code; not looked for beside `same`
};

/// Every upgrade code under which the package looks for products: its own and those of its Upgrade table.
std::set<std::string> upgrade_codes(const PackageDescription& package);

/// Reads the package, then looks up what of it is installed. Throws what the seams throw.
Observation observe(const std::string& path, PackageReader& reader, ProductInventory& inventory);

}  // namespace upshift
