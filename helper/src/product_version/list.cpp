// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <string>

#include "product_version/observation.hpp"
#include "product_version/product_version.hpp"
#include "support/pattern.hpp"

namespace upshift {

namespace {

bool selects_all(const ProductInfoRequest& request) {
    return request.names.empty() && request.product_codes.empty() && request.upgrade_codes.empty();
}

/// By code where codes are asked for, which spares reading every product.
std::vector<ProductRow> products_by_code(const ProductInfoRequest& request, ProductInventory& inventory) {
    std::vector<ProductRow> rows;
    for (const auto& code : request.product_codes) {
        if (auto product = inventory.find(code)) {
            rows.push_back({std::move(*product), "", {}});
        }
    }
    for (const auto& code : request.upgrade_codes) {
        for (auto& product : inventory.related(code)) {
            rows.push_back({std::move(product), code, {}});
        }
    }
    return rows;
}

std::vector<ProductRow> products_by_name(const ProductInfoRequest& request, ProductInventory& inventory) {
    const PatternSet wanted(request.names);
    std::vector<ProductRow> rows;
    for (auto& product : inventory.all()) {
        if (selects_all(request) || wanted.matches(fold_case(product.name))) {
            rows.push_back({std::move(product), "", {}});
        }
    }
    return rows;
}

std::vector<ProductRow> select_products(const ProductInfoRequest& request, ProductInventory& inventory) {
    std::vector<ProductRow> rows = products_by_code(request, inventory);
    if (selects_all(request) || !request.names.empty()) {
        std::ranges::move(products_by_name(request, inventory), std::back_inserter(rows));
    }
    std::set<std::string> seen;
    std::erase_if(rows, [&](const ProductRow& row) {
        return !seen.insert(row.product.product_code + row.product.user_sid).second;
    });
    std::ranges::sort(rows, {}, [](const ProductRow& row) {
        return std::pair(fold_case(row.product.name), row.product.product_code);
    });
    return rows;
}

/// The installer does not tell a product's upgrade code, but finds products by it: the given packages' codes
/// are tried, so that a saved answer holds what planning those packages reads.
void add_upgrade_codes(std::vector<ProductRow>& products, const std::vector<PackageRow>& packages,
                       ProductInventory& inventory) {
    std::set<std::string> codes;
    for (const auto& row : packages) {
        codes.merge(upgrade_codes(row.package));
    }
    for (const auto& code : codes) {
        for (const auto& related : inventory.related(code)) {
            for (auto& row : products) {
                if (row.product.product_code == related.product_code) {
                    row.upgrade_code = code;
                }
            }
        }
    }
}

bool is_for(const PackageRow& package, const std::string& product_code) {
    const auto& patch = package.package.patch;
    return patch && std::ranges::any_of(patch->targets, [&](const auto& target) {
               return target.product_code == product_code;
           });
}

/// Which patches a product has is read for what a saved answer holds: where a given patch is for it.
void add_patches(std::vector<ProductRow>& products, const std::vector<PackageRow>& packages,
                 ProductInventory& inventory) {
    for (auto& row : products) {
        const bool is_asked_for = std::ranges::any_of(
            packages, [&](const auto& package) { return is_for(package, row.product.product_code); });
        if (is_asked_for) {
            row.patches = inventory.patches(row.product);
        }
    }
}

PackageRow read_package(const std::string& path, PackageReader& reader) {
    PackageRow row;
    try {
        row.package = reader.read(path, {});
    } catch (const OperationError& error) {
        row.package.path = path;
        row.error = error.detail();
    }
    return row;
}

std::string count_of(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::vector<PackageRow> read_packages(const std::vector<std::string>& paths, PackageReader& reader,
                                      const std::stop_token& stop) {
    std::vector<PackageRow> rows;
    for (const auto& path : paths) {
        if (stop.stop_requested()) {
            throw OperationError({.kind = ErrorKind::cancelled,
                                  .attempted = "read the packages",
                                  .found = "the run was told to stop",
                                  .hint = "Nothing was altered."});
        }
        rows.push_back(read_package(path, reader));
    }
    return rows;
}

/// How many packages could not be read, and why not the first of them. Empty where there is none.
std::string failures(const std::vector<PackageRow>& packages) {
    std::size_t count = 0;
    std::string first;
    for (const auto& row : packages) {
        if (row.error && ++count == 1) {
            first = sentence(*row.error);
        }
    }
    if (count == 0) {
        return "";
    }
    return count == 1 ? ". " + first
                      : "; " + std::to_string(count) + " packages could not be read, the first: " + first;
}

/// What was found, for a person.
std::string counts(std::size_t products, std::size_t packages) {
    const std::string text = count_of(products, "installed product");
    return packages == 0 ? text : text + ", " + count_of(packages, "package");
}

}  // namespace

Answer list_products(const ProductInfoRequest& request, const ProductSeams& seams,
                     const RunContext& context) {
    std::vector<ProductRow> products = select_products(request, seams.inventory);
    std::vector<PackageRow> packages = read_packages(request.paths, seams.reader, context.stop);
    add_upgrade_codes(products, packages, seams.inventory);
    add_patches(products, packages, seams.inventory);
    Answer answer;
    const std::string failed = failures(packages);
    answer.failed = !failed.empty();
    answer.message = counts(products.size(), packages.size()) + failed;
    answer.products = std::move(products);
    answer.packages = std::move(packages);
    return answer;
}

}  // namespace upshift
