// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "contract/request.hpp"
#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"
#include "machine/journal.hpp"

namespace upshift {

/// An installed product, and the upgrade code under which a package found it.
struct RelatedProduct {
    InstalledProduct product;
    std::string upgrade_code;
};

/// An installed product that a patch is for.
struct PatchedProduct {
    InstalledProduct product;
    std::vector<InstalledPatch> patches;
};

/// Everything that planning one package looks at.
struct Observation {
    PackageDescription package;
    std::optional<InstalledProduct> same;  ///< the product with the package's own product code
    std::vector<RelatedProduct> related;  ///< others that share an upgrade code; not looked for beside `same`
    std::vector<InstalledProduct> named;  ///< whose name fits the one asked for; empty where none is
    std::vector<PatchedProduct> patched;  ///< of a patch: the targets that are installed, each once
    std::vector<InstalledProduct>
        asked_for;  ///< of a patch: those that the request names; empty where it names none
    std::optional<JournalEntry> unfinished;  ///< what an earlier run began with this product and never ended
    std::vector<InstalledProduct> left_beside;  ///< what that run was to replace and is still there
};

/// Every upgrade code under which the package looks for products: its own and those of its Upgrade table.
std::set<std::string> upgrade_codes(const PackageDescription& package);

/// Reads the package, then looks up what of it is installed, and which of the entries that earlier runs left
/// is about it. Throws what the seams throw.
Observation observe(const PackageRequest& request, PackageReader& reader, ProductInventory& inventory,
                    const std::vector<JournalEntry>& left_behind);

/// The installed products that every one of the given selectors (product_code, upgrade_code, name) fits. None
/// where the name alone is given and fits several.
std::vector<InstalledProduct> find_selected(const PackageRequest& request, ProductInventory& inventory);

/// The installed products whose name fits, each once; another user's do not count.
std::vector<InstalledProduct> find_named(const std::string& pattern, ProductInventory& inventory);

}  // namespace upshift
