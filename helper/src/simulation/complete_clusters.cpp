// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "simulation/cim_namespace.hpp"
#include "simulation/complete_description.hpp"

namespace upshift::simulation {

namespace {

/// Index of the cluster of each node, by folded name.
using Membership = std::unordered_map<std::string, std::size_t>;

std::string place_of(const char* list, std::size_t i, const char* key) {
    return std::string(list) + "[" + std::to_string(i) + "]." + key;
}

Membership members_of(const Description& description, const std::string& path) {
    Membership membership;
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < description.clusters.size(); ++i) {
        const auto& cluster = description.clusters[i];
        const auto [first, added] = seen.emplace(folded(cluster.name), i);
        if (!added) {
            refuse_place(path, place_of("clusters", i, "name"),
                         "that of clusters[" + std::to_string(first->second) + "] too", "a name of its own");
        }
        for (const auto& node : cluster.nodes) {
            const auto [known, is_new] = membership.emplace(folded(node), i);
            if (!is_new) {
                refuse_place(path, place_of("clusters", i, "nodes"),
                             "a list with \"" + node + "\", which is in clusters[" +
                                 std::to_string(known->second) + "] already",
                             "each node in one cluster, once");
            }
        }
    }
    return membership;
}

/// A host may name its cluster in place of being listed there, and the cluster needs no row then.
void join_named_clusters(Description& description, Membership& membership, const std::string& path) {
    for (std::size_t i = 0; i < description.hosts.size(); ++i) {
        auto& host = description.hosts[i];
        auto& clusters = description.clusters;
        const auto listed = membership.find(folded(host.name));
        if (host.cluster.empty()) {
            host.cluster = listed == membership.end() ? "" : clusters[listed->second].name;
            continue;
        }
        auto named = std::find_if(clusters.begin(), clusters.end(),
                                  [&](const auto& cluster) { return same_text(cluster.name, host.cluster); });
        if (named == clusters.end()) {
            named = clusters.insert(clusters.end(), {host.cluster, std::nullopt, {}, {}});
        }
        const auto index = static_cast<std::size_t>(named - clusters.begin());
        if (listed == membership.end()) {
            named->nodes.push_back(host.name);
            membership.emplace(folded(host.name), index);
        } else if (listed->second != index) {
            refuse_place(path, place_of("hosts", i, "cluster"), "the text \"" + host.cluster + "\"",
                         "the cluster that lists this host, \"" + clusters[listed->second].name + "\"");
        }
    }
}

/// The highest level that every described node is made for (facts: hyperv, section 5).
std::int64_t usual_level(const Description& description, const DescribedCluster& cluster) {
    constexpr std::array<std::pair<ConfigurationVersion, std::int64_t>, 4> up_to{
        {{{5, 0}, 8}, {{8, 0}, 9}, {{9, 0}, 10}, {{10, 0}, 11}}};
    std::int64_t level = 12;
    for (const auto& host : description.hosts) {
        if (!host.default_version || !same_text(host.cluster, cluster.name)) {
            continue;
        }
        const auto* const made_for = std::find_if(up_to.begin(), up_to.end(), [&](const auto& step) {
            return *host.default_version <= step.first;
        });
        level = std::min(level, made_for == up_to.end() ? level : made_for->second);
    }
    return level;
}

void check_unclustered(const DescribedVm& vm, std::size_t i, const std::string& path) {
    if (!vm.possible_owners.empty()) {
        refuse_place(path, place_of("vms", i, "possible_owners"), "given", "a VM that is clustered");
    }
    if (vm.upgrade.known_in == UpgradedIn::cluster) {
        refuse_place(path, place_of("vms", i, "upgrade.namespace"), "the text \"cluster\"",
                     "a VM that is clustered");
    }
}

void check_clustered(const DescribedVm& vm, std::size_t i, const DescribedCluster& cluster,
                     const std::string& path) {
    const auto is_node = [&](const std::string& name) {
        return std::any_of(cluster.nodes.begin(), cluster.nodes.end(),
                           [&](const std::string& node) { return same_text(node, name); });
    };
    for (const auto& owner : vm.possible_owners) {
        if (!is_node(owner)) {
            refuse_place(path, place_of("vms", i, "possible_owners"), "a list with \"" + owner + "\"",
                         "nodes of the cluster \"" + cluster.name + "\"");
        }
    }
    if (!vm.upgrade.moves_to.empty() && !is_node(vm.upgrade.moves_to)) {
        refuse_place(path, place_of("vms", i, "upgrade.moves_to"), "the text \"" + vm.upgrade.moves_to + "\"",
                     "a node of the cluster \"" + cluster.name + "\"");
    }
}

void check_vms(Description& description, const Membership& membership, const std::string& path) {
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < description.vms.size(); ++i) {
        auto& vm = description.vms[i];
        const auto cluster = membership.find(folded(vm.host));
        if (cluster == membership.end() && vm.clustered.value_or(false)) {
            refuse_place(path, place_of("vms", i, "clustered"), "true", "a host that is in a cluster");
        }
        vm.clustered = cluster != membership.end() && vm.clustered.value_or(true);
        if (!*vm.clustered) {
            check_unclustered(vm, i, path);
            continue;
        }
        check_clustered(vm, i, description.clusters[cluster->second], path);
        const auto [first, added] = seen.emplace(std::to_string(cluster->second) + "\n" + vm.id, i);
        if (!added) {
            refuse_place(path, place_of("vms", i, "id"),
                         "that of vms[" + std::to_string(first->second) + "] too",
                         "an id of its own in the cluster");
        }
    }
}

}  // namespace

void complete_clusters(Description& description, const std::string& path) {
    auto membership = members_of(description, path);
    join_named_clusters(description, membership, path);
    for (auto& cluster : description.clusters) {
        if (!cluster.functional_level) {
            cluster.functional_level = usual_level(description, cluster);
        }
    }
    check_vms(description, membership, path);
}

}  // namespace upshift::simulation
