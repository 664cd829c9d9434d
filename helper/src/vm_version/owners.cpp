// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/owners.hpp"

#include <algorithm>

#include "vm_version/host_versions.hpp"
#include "vm_version/namespaces.hpp"

namespace upshift {

namespace {

bool is_answered(const ObservedNode& node) {
    return node.error || !node.supported_versions.empty();
}

bool may_own(const ObservedVm& vm, const ObservedNode& node) {
    const auto& owners = vm.possible_owners;
    return owners.empty() || std::any_of(owners.begin(), owners.end(), [&](const std::string& owner) {
               return same_host(owner, node.name);
           });
}

bool needs_answer(const ObservedHost& host, const ObservedVm& vm, const VmVersionRequest* request) {
    if (!vm.clustered || !host.cluster || host.elsewhere) {
        return false;
    }
    if (request == nullptr) {
        return true;
    }
    const auto wanted = request->version ? request->version : host.default_version;
    return wanted && vm.version && *vm.version < *wanted;
}

void take_over_what_is_known(const std::vector<ObservedHost>& hosts, ObservedCluster& cluster) {
    for (auto& node : cluster.nodes) {
        const auto host = std::find_if(hosts.begin(), hosts.end(), [&](const ObservedHost& known) {
            return !known.elsewhere && same_host(known.name, node.name);
        });
        if (host != hosts.end()) {
            node.supported_versions = host->supported_versions;
            node.error = host->error;
        }
    }
}

void ask(cim::CimConnector& connector, ObservedNode& node) {
    try {
        const auto session = connector.connect(node.name, namespaces::virtualization);
        node.supported_versions = read_versions(*session, probe_service(*session, node.name)).supported;
    } catch (const OperationError& error) {
        node.error = error.detail();
    }
}

/// Whether the node's build is that of every readable host of this run in its cluster: wherever the VM is,
/// its host then speaks for the node.
bool build_tells(const std::vector<ObservedHost>& hosts, const ObservedCluster& cluster,
                 const ObservedNode& node) {
    return !node.build.empty() && std::all_of(hosts.begin(), hosts.end(), [&](const ObservedHost& host) {
        return host.elsewhere || host.error || host.cluster.get() != &cluster || host.build == node.build;
    });
}

}  // namespace

void ask_possible_owners(cim::CimConnector& connector, const std::vector<ObservedHost>& hosts,
                         const std::vector<SelectedVm>& vms, const VmVersionRequest* request) {
    for (const auto& host : hosts) {
        if (host.cluster) {
            take_over_what_is_known(hosts, *host.cluster);
        }
    }
    for (const auto& selected : vms) {
        const auto& host = hosts[selected.host];
        const auto& vm = host.vms[selected.vm];
        if (!needs_answer(host, vm, request)) {
            continue;
        }
        for (auto& node : host.cluster->nodes) {
            if (may_own(vm, node) && !is_answered(node) && !build_tells(hosts, *host.cluster, node)) {
                ask(connector, node);
            }
        }
    }
}

}  // namespace upshift
