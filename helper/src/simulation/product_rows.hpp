// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "installer/product_inventory.hpp"
#include "simulation/row_reader.hpp"
#include "simulation/state_file.hpp"

// Rows of a simulation file about products. docs/contract.md, "Simulation file", says what each value means.
namespace upshift::simulation {

struct DescribedProduct {
    InstalledProduct product;
    std::string upgrade_code;
    std::vector<Feature> features;
    std::vector<InstalledPatch> patches;
};

/// One row of `products`.
DescribedProduct read_product(RowReader row);

/// What runs have changed: products that are there now, and codes of those that are gone.
struct ProductChanges {
    std::vector<DescribedProduct> present;
    std::vector<std::string> gone;
    bool others_ended = false;  ///< what other_installations install is there
};

/// As a section of the state file.
nlohmann::ordered_json product_state(const ProductChanges& changes);
/// What earlier runs changed. Refuses a damaged section.
ProductChanges read_product_state(const StateFile& state);

}  // namespace upshift::simulation
