// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulation/row_reader.hpp"
#include "support/version.hpp"

// Rows of `clusters` in a simulation file. docs/contract.md, "Simulation file", says what each value means.
namespace upshift::simulation {

/// What is known of a node without a row of `hosts`.
struct DescribedNode {
    std::string name;
    std::string build;
    std::vector<ConfigurationVersion> supported_versions;  ///< none: it cannot be connected to
};

struct DescribedCluster {
    std::string name;
    std::optional<std::int64_t> functional_level;  ///< always given once a whole file is read
    std::vector<std::string> nodes;
    std::vector<DescribedNode> other_nodes;
};

/// One row of `clusters`.
DescribedCluster read_cluster(RowReader row);

}  // namespace upshift::simulation
