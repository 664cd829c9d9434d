// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/described_cluster.hpp"

namespace upshift::simulation {

DescribedCluster read_cluster(RowReader row) {
    // 8 is Windows Server 2012 R2, 12 is Windows Server 2025 (facts: hyperv, section 5).
    constexpr std::int64_t lowest_level = 8;
    constexpr std::int64_t highest_level = 12;
    DescribedCluster cluster;
    cluster.name = row.required_text("name");
    cluster.functional_level = row.integer("functional_level", lowest_level, highest_level);
    cluster.nodes = row.texts("nodes");
    row.finish();
    return cluster;
}

}  // namespace upshift::simulation
