// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/cluster_inventory.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "vm_version/namespaces.hpp"
#include "vm_version/vm_inventory.hpp"

namespace upshift {

namespace {

/// Sorts what the clusters show by node. Used once.
class OtherNodes {
  public:
    OtherNodes(cim::CimConnector& connector, const std::vector<ObservedHost>& hosts)
        : connector_(connector), hosts_(hosts) {
        for (const auto& host : hosts_) {
            for (const auto& vm : host.vms) {
                known_.insert(vm.id);
            }
        }
    }

    std::vector<ObservedHost> find() {
        for (const auto& host : hosts_) {
            if (host.cluster && !done_.contains(host.cluster.get())) {
                look_through(host);
            }
        }
        for (auto& [cluster, failed] : failed_) {
            // Another node may have shown it after all; one row says so for all that did not.
            if (done_.insert(cluster).second) {
                nodes_.push_back(std::move(failed));
            }
        }
        return std::move(nodes_);
    }

  private:
    void look_through(const ObservedHost& host) {
        try {
            ObservedHost view;
            view.name = host.name;
            view.session = connector_.connect(host.name, namespaces::cluster_virtualization);
            for (auto& vm : read_cluster_vms(view)) {
                take(host, std::move(vm));
            }
            done_.insert(host.cluster.get());
        } catch (const OperationError& error) {
            ObservedHost failed;
            failed.name = host.cluster->name;
            failed.elsewhere = true;
            failed.error = error.detail();
            failed_.emplace_back(host.cluster.get(), std::move(failed));
        }
    }

    void take(const ObservedHost& through, ObservedVm vm) {
        const bool is_here = known_.contains(vm.id) ||
                             std::any_of(hosts_.begin(), hosts_.end(), [&](const ObservedHost& host) {
                                 return same_host(host.name, vm.owner);
                             });
        if (!is_here) {
            vm.clustered = true;
            node_of(through, vm.owner).vms.push_back(std::move(vm));
        }
    }

    ObservedHost& node_of(const ObservedHost& through, const std::string& name) {
        const auto found = std::find_if(nodes_.begin(), nodes_.end(),
                                        [&](const ObservedHost& node) { return same_host(node.name, name); });
        if (found != nodes_.end()) {
            return *found;
        }
        ObservedHost node;
        node.name = name;
        node.cluster = through.cluster;
        node.elsewhere = true;
        nodes_.push_back(std::move(node));
        return nodes_.back();
    }

    cim::CimConnector& connector_;
    const std::vector<ObservedHost>& hosts_;
    std::unordered_set<std::string> known_;  ///< ids
    std::set<const ObservedCluster*> done_;
    std::vector<std::pair<const ObservedCluster*, ObservedHost>> failed_;
    std::vector<ObservedHost> nodes_;
};

}  // namespace

void add_vms_of_other_nodes(cim::CimConnector& connector, std::vector<ObservedHost>& hosts) {
    auto nodes = OtherNodes(connector, hosts).find();
    std::move(nodes.begin(), nodes.end(), std::back_inserter(hosts));
}

}  // namespace upshift
