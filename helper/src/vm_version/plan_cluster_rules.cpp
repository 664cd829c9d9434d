// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "vm_version/plan_rules.hpp"

namespace upshift::rules {

namespace {

const char* const cannot_be_undone =
    "An upgrade cannot be undone, and a node that does not know the version cannot run the virtual machine.";

/// "Cluster Operating System Rolling Upgrade": 8 is Windows Server 2012 R2, 9 is 2016, 10 is 2019; 11 and 12
/// go on in that row. Each level goes with the highest version of its release.
std::int64_t level_needed_by(ConfigurationVersion version) {
    constexpr std::int64_t server_2012_r2 = 8;
    constexpr std::int64_t server_2016 = 9;
    constexpr std::int64_t server_2019 = 10;
    constexpr std::int64_t server_2022 = 11;
    constexpr std::int64_t server_2025 = 12;
    if (version <= ConfigurationVersion{5, 0}) {
        return server_2012_r2;
    }
    if (version <= ConfigurationVersion{8, 0}) {
        return server_2016;
    }
    if (version <= ConfigurationVersion{9, 0}) {
        return server_2019;
    }
    return version <= ConfigurationVersion{10, 0} ? server_2022 : server_2025;
}

const ObservedNode* node_named(const ObservedCluster& cluster, const std::string& name) {
    const auto found = std::find_if(cluster.nodes.begin(), cluster.nodes.end(),
                                    [&](const ObservedNode& node) { return same_host(node.name, name); });
    return found == cluster.nodes.end() ? nullptr : &*found;
}

std::vector<std::string> owners_of(const Situation& at) {
    std::vector<std::string> owners = at.vm.possible_owners;
    if (owners.empty()) {
        for (const auto& node : at.host.cluster->nodes) {
            owners.push_back(node.name);
        }
    }
    return owners;
}

/// Why this possible owner stands in the way; nothing where it supports the version.
Decision judge_owner(const Situation& at, const std::string& owner) {
    const auto* node = node_named(*at.host.cluster, owner);
    const bool same_build = node != nullptr && !node->build.empty() && node->build == at.host.build;
    if (same_host(owner, at.host.name) || same_build) {
        return std::nullopt;
    }
    const std::string which = "its possible owner \"" + owner + "\"";
    if (node == nullptr || node->supported_versions.empty()) {
        return refuse({.kind = ErrorKind::refused,
                       .attempted = "upgrade the virtual machine",
                       .object = at.vm.name,
                       .found = which + " could not be asked which versions it supports",
                       .needed = "possible owners that support version " + to_string(at.wanted),
                       .hint = cannot_be_undone,
                       .cause = node != nullptr && node->error ? sentence(*node->error) : ""});
    }
    const auto& supported = node->supported_versions;
    if (std::find(supported.begin(), supported.end(), at.wanted) != supported.end()) {
        return std::nullopt;
    }
    return refuse(ErrorKind::refused, at.vm, which + " does not support version " + to_string(at.wanted),
                  "possible owners that do; that one supports " + list_of(supported), cannot_be_undone);
}

}  // namespace

Decision whether_it_is_clustered_must_be_known(const Situation& at) {
    if (!at.host.cluster_error) {
        return std::nullopt;
    }
    const auto& error = *at.host.cluster_error;
    const bool is_denied = error.kind == ErrorKind::access_denied;
    return refuse({.kind = error.kind,
                   .attempted = "upgrade the virtual machine",
                   .object = at.vm.name,
                   .found = "whether it is clustered could not be looked up: " + error.found,
                   .needed = (is_denied ? "the right to read root\\MSCluster of host \""
                                        : "an answer of root\\MSCluster of host \"") +
                             at.host.name + "\"",
                   .code = error.code,
                   .code_family = error.code_family,
                   .symbol = error.symbol,
                   .hint = (is_denied || error.hint.empty() ? "" : error.hint + " ") + cannot_be_undone});
}

Decision the_functional_level_must_be_raised_first(const Situation& at) {
    if (!at.vm.clustered || !at.host.cluster) {
        return std::nullopt;
    }
    const auto level = at.host.cluster->functional_level;
    const auto needed = level_needed_by(at.wanted);
    if (level && *level >= needed) {
        return std::nullopt;
    }
    return refuse(ErrorKind::refused, at.vm,
                  "the functional level of cluster \"" + at.host.cluster->name + "\" is " +
                      (level ? std::to_string(*level) : "not known"),
                  "level " + std::to_string(needed) + " for version " + to_string(at.wanted),
                  "Upgrade every node, then run Update-ClusterFunctionalLevel.");
}

Decision every_possible_owner_must_support_the_version(const Situation& at) {
    if (!at.vm.clustered || !at.host.cluster) {
        return std::nullopt;
    }
    for (const auto& owner : owners_of(at)) {
        if (auto decision = judge_owner(at, owner)) {
            return decision;
        }
    }
    return std::nullopt;
}

}  // namespace upshift::rules
