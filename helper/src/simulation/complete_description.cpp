// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/complete_description.hpp"

#include <unordered_map>
#include <unordered_set>

#include "simulation/cim_namespace.hpp"

namespace upshift::simulation {

namespace {

constexpr const char* unnamed_host = "localhost";

std::string vm_place(std::size_t i, const char* key) {
    return "vms[" + std::to_string(i) + "]." + key;
}

/// Hosts that VMs name in a file that describes none.
void add_named_hosts(Description& description) {
    std::unordered_set<std::string> known;
    for (const auto& vm : description.vms) {
        const std::string& name = vm.host.empty() ? unnamed_host : vm.host;
        if (known.insert(folded(name)).second) {
            description.hosts.push_back(default_host(name));
        }
    }
}

void refuse_host_twice(const Description& description, const std::string& path) {
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < description.hosts.size(); ++i) {
        const auto [first, added] = seen.emplace(folded(description.hosts[i].name), i);
        if (!added) {
            refuse_place(path, "hosts[" + std::to_string(i) + "].name",
                         "that of hosts[" + std::to_string(first->second) + "] too", "a name of its own");
        }
    }
}

/// Names of hosts and of nodes without a row, as they are spelled first.
std::unordered_map<std::string, std::string> known_hosts(const Description& description) {
    std::unordered_map<std::string, std::string> names;
    for (const auto& host : description.hosts) {
        names.emplace(folded(host.name), host.name);
    }
    for (const auto& cluster : description.clusters) {
        for (const auto& node : cluster.nodes) {
            names.emplace(folded(node), node);
        }
    }
    return names;
}

void give_hosts_to_vms(Description& description, const std::string& path) {
    if (description.hosts.empty()) {
        add_named_hosts(description);
    }
    refuse_host_twice(description, path);
    const auto names = known_hosts(description);
    for (std::size_t i = 0; i < description.vms.size(); ++i) {
        auto& vm = description.vms[i];
        if (vm.host.empty()) {
            vm.host = description.hosts.front().name;
        }
        const auto known = names.find(folded(vm.host));
        if (known == names.end()) {
            refuse_place(path, vm_place(i, "host"), "the text \"" + vm.host + "\"",
                         description.clusters.empty() ? "the name of a row of hosts"
                                                      : "the name of a row of hosts or of a cluster's node");
        }
        vm.host = known->second;
    }
}

void give_ids_to_vms(Description& description, const std::string& path) {
    std::unordered_map<std::string, std::size_t> numbers;
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < description.vms.size(); ++i) {
        auto& vm = description.vms[i];
        if (vm.id.empty()) {
            vm.id = derived_guid(vm.host, vm.name, numbers[vm.host + "\n" + vm.name]++);
        }
        // A VM and its replica on another host have the same id.
        const auto [first, added] = seen.emplace(vm.host + "\n" + vm.id, i);
        if (!added) {
            refuse_place(path, vm_place(i, "id"), "that of vms[" + std::to_string(first->second) + "] too",
                         "an id of its own");
        }
    }
}

/// Hosts that VMs move to are known, and have no VM of that id yet.
void check_moves(Description& description, const std::string& path) {
    const auto names = known_hosts(description);
    std::unordered_set<std::string> taken;
    for (const auto& vm : description.vms) {
        taken.insert(vm.host + "\n" + vm.id);
    }
    for (std::size_t i = 0; i < description.vms.size(); ++i) {
        auto& vm = description.vms[i];
        auto& moves_to = vm.upgrade.moves_to;
        if (moves_to.empty()) {
            continue;
        }
        const auto known = names.find(folded(moves_to));
        if (known == names.end() || known->second == vm.host) {
            refuse_place(path, vm_place(i, "upgrade.moves_to"), "the text \"" + moves_to + "\"",
                         "the name of another host");
        }
        moves_to = known->second;
        if (taken.contains(moves_to + "\n" + vm.id)) {
            refuse_place(path, vm_place(i, "upgrade.moves_to"), "a host that has a VM of that id",
                         "one that has none");
        }
    }
}

}  // namespace

void complete(Description& description, const std::string& path) {
    give_hosts_to_vms(description, path);
    give_ids_to_vms(description, path);
    check_moves(description, path);
    complete_clusters(description, path);
}

}  // namespace upshift::simulation
