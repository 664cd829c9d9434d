// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"
#include "simulation/row_reader.hpp"
#include "simulation/state_file.hpp"
#include "support/error.hpp"

// Rows of a simulation file about products. docs/contract.md, "Simulation file", says what each value means.
namespace upshift::simulation {

struct DescribedProduct {
    InstalledProduct product;
    std::string upgrade_code;
};

struct DescribedPackage {
    PackageDescription package;
    std::optional<ErrorDetail> error;  ///< it cannot be read, and this is why
    std::uint32_t result = 0;          ///< what the installer answers when it is run
};

/// One row of `products`.
DescribedProduct read_product(RowReader row);
/// One row of `packages`.
DescribedPackage read_package(RowReader row);

/// What runs have changed: products that are there now, and codes of those that are gone.
struct ProductChanges {
    std::vector<DescribedProduct> present;
    std::vector<std::string> gone;
};

/// As a section of the state file.
nlohmann::json product_state(const ProductChanges& changes);
/// What earlier runs changed. Refuses a damaged section.
ProductChanges read_product_state(const StateFile& state);

}  // namespace upshift::simulation
