// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "installer/product_inventory.hpp"
#include "simulation/row_reader.hpp"

// Values that rows of products and of packages have in common.
namespace upshift::simulation {

/// A GUID in braces; empty where none is given.
std::string read_code(RowReader& row, std::string_view key);
std::string read_required_code(RowReader& row, std::string_view key);
/// 1033, English, where none is given.
std::uint32_t read_language(RowReader& row);
InstallContext read_context(RowReader& row);
std::vector<Feature> read_features(RowReader& row);
std::vector<InstalledPatch> read_patches(RowReader& row);
/// The codes of a list of GUIDs.
std::vector<std::string> read_codes(RowReader& row, std::string_view key);

}  // namespace upshift::simulation
