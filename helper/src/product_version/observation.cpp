// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/observation.hpp"

namespace upshift {

namespace {

std::vector<RelatedProduct> find_related(const PackageDescription& package, ProductInventory& inventory) {
    std::vector<RelatedProduct> products;
    std::set<std::string> known{package.product_code};
    for (const auto& code : upgrade_codes(package)) {
        for (auto& product : inventory.related(code)) {
            if (known.insert(product.product_code).second) {
                products.push_back({std::move(product), code});
            }
        }
    }
    return products;
}

}  // namespace

std::set<std::string> upgrade_codes(const PackageDescription& package) {
    std::set<std::string> codes{package.upgrade_code};
    for (const auto& row : package.upgrade_rows) {
        codes.insert(row.upgrade_code);
    }
    codes.erase("");
    return codes;
}

Observation observe(const std::string& path, PackageReader& reader, ProductInventory& inventory) {
    Observation seen;
    seen.package = reader.read(path);
    seen.same = inventory.find(seen.package.product_code);
    if (!seen.same) {
        // The installer looks for related products on a first installation only ("FindRelatedProducts
        // Action").
        seen.related = find_related(seen.package, inventory);
    }
    return seen;
}

}  // namespace upshift
