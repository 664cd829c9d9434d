// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/observation.hpp"

#include "product_version/product_journal.hpp"
#include "support/pattern.hpp"

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

void look_for_unfinished(Observation& seen, ProductInventory& inventory,
                         const std::vector<JournalEntry>& left_behind) {
    seen.unfinished = find_unfinished(left_behind, seen.package);
    if (!seen.unfinished || !seen.same) {
        return;
    }
    for (const auto& code : replaced_codes(*seen.unfinished)) {
        if (auto product = inventory.find(code); product && code != seen.package.product_code) {
            seen.left_beside.push_back(std::move(*product));
        }
    }
}

/// A killed run's patch is known to be applied by the version it was to bring.
void look_for_patched(Observation& seen, const PatchDescription& patch, ProductInventory& inventory,
                      const std::vector<JournalEntry>& left_behind) {
    std::set<std::string> known;
    for (const auto& target : patch.targets) {
        auto product =
            known.insert(target.product_code).second ? inventory.find(target.product_code) : std::nullopt;
        if (!product) {
            continue;
        }
        for (const auto& entry : left_behind) {
            if (entry.id == product->product_code && entry.version == product->version) {
                seen.unfinished = entry;
            }
        }
        auto patches = inventory.patches(*product);
        seen.patched.push_back({std::move(*product), std::move(patches)});
    }
}

/// A name alone may fit several.
std::vector<InstalledProduct> find_asked_for(const PackageRequest& request,
                                             const std::vector<InstalledProduct>& named,
                                             ProductInventory& inventory) {
    const bool is_by_name_alone = request.product_code.empty() && request.upgrade_code.empty();
    return is_by_name_alone ? named : find_selected(request, inventory);
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

Observation observe(const PackageRequest& request, PackageReader& reader, ProductInventory& inventory,
                    const std::vector<JournalEntry>& left_behind) {
    Observation seen;
    seen.package = reader.read(request.path, request.transforms);
    if (!request.name.empty()) {
        seen.named = find_named(request.name, inventory);
    }
    if (seen.package.patch) {
        seen.asked_for = find_asked_for(request, seen.named, inventory);
        look_for_patched(seen, *seen.package.patch, inventory, left_behind);
        return seen;
    }
    seen.package.context = context_with(seen.package, request.properties);
    seen.same = inventory.find(seen.package.product_code);
    if (!seen.same) {
        // The installer looks for related products on a first installation only ("FindRelatedProducts
        // Action").
        seen.related = find_related(seen.package, inventory);
    }
    look_for_unfinished(seen, inventory, left_behind);
    return seen;
}

std::vector<InstalledProduct> find_selected(const PackageRequest& request, ProductInventory& inventory) {
    if (request.product_code.empty() && request.upgrade_code.empty()) {
        auto named = find_named(request.name, inventory);
        return named.size() > 1 ? std::vector<InstalledProduct>() : named;
    }
    std::vector<InstalledProduct> selected;
    if (!request.upgrade_code.empty()) {
        selected = inventory.related(request.upgrade_code);
    } else if (auto product = inventory.find(request.product_code)) {
        selected.push_back(std::move(*product));
    }
    const Pattern wanted(request.name);
    std::erase_if(selected, [&](const InstalledProduct& product) {
        const bool is_coded = request.product_code.empty() || product.product_code == request.product_code;
        return !is_coded || (!request.name.empty() && !wanted.matches(fold_case(product.name)));
    });
    return selected;
}

std::vector<InstalledProduct> find_named(const std::string& pattern, ProductInventory& inventory) {
    const Pattern wanted(pattern);
    std::vector<InstalledProduct> named;
    for (auto& product : inventory.all()) {
        if (!product.of_another_user && wanted.matches(fold_case(product.name))) {
            named.push_back(std::move(product));
        }
    }
    return named;
}

}  // namespace upshift
