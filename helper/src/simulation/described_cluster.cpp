// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/described_cluster.hpp"

#include <algorithm>

namespace upshift::simulation {

namespace {

DescribedNode read_node(RowReader& row, const std::vector<std::string>& nodes) {
    DescribedNode node;
    node.name = row.required_text("name");
    if (std::find(nodes.begin(), nodes.end(), node.name) == nodes.end()) {
        row.refuse("name", "the text \"" + node.name + "\"", "one of the cluster's nodes");
    }
    node.build = row.text_or("build", "");
    for (const auto& text : row.texts("supported_versions")) {
        const auto version = parse_configuration_version(text);
        if (!version) {
            row.refuse("supported_versions", "a list with \"" + text + "\"", "versions such as \"10.0\"");
        }
        node.supported_versions.push_back(*version);
    }
    row.finish();
    return node;
}

}  // namespace

DescribedCluster read_cluster(RowReader row) {
    // 8 is Windows Server 2012 R2, 12 is Windows Server 2025 (facts: hyperv, section 5).
    constexpr std::int64_t lowest_level = 8;
    constexpr std::int64_t highest_level = 12;
    DescribedCluster cluster;
    cluster.name = row.required_text("name");
    cluster.functional_level = row.integer("functional_level", lowest_level, highest_level);
    cluster.nodes = row.texts("nodes");
    for (auto& node : row.objects("other_nodes")) {
        cluster.other_nodes.push_back(read_node(node, cluster.nodes));
    }
    row.finish();
    return cluster;
}

}  // namespace upshift::simulation
