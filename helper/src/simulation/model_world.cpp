// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/model_world.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "simulation/wbem_codes.hpp"
#include "support/guid.hpp"

namespace upshift::simulation {

namespace {

void add(VmGroup& group, const ModelVm& vm) {
    group.vms.insert(std::lower_bound(group.vms.begin(), group.vms.end(), vm.index), vm.index);
    group.by_id.emplace(vm.row.id, vm.index);
}

void remove(VmGroup& group, const ModelVm& vm) {
    std::erase(group.vms, vm.index);
    group.by_id.erase(vm.row.id);
}

DescribedHost host_without_row(const DescribedCluster& cluster, const std::string& name) {
    DescribedHost host;
    host.name = name;
    for (const auto& node : cluster.other_nodes) {
        if (same_text(node.name, name)) {
            host.build = node.build;
            host.supported_versions = node.supported_versions;
        }
    }
    return host;
}

std::string resource_key(std::size_t cluster, const std::string& name) {
    return std::to_string(cluster) + "\n" + folded(name);
}

/// Not every failure has a code of WMI: a call that got no answer has none.
std::uint32_t code_of(const ErrorDetail& told) {
    constexpr std::uint32_t first_failure = 0x80000000;
    constexpr std::string_view prefix = "0x";
    std::uint32_t code = 0;
    if (told.code.starts_with(prefix)) {
        (void)std::from_chars(told.code.data() + prefix.size(), told.code.data() + told.code.size(), code,
                              16);
    }
    if (code >= first_failure) {
        return code;
    }
    return told.kind == ErrorKind::timeout ? wbem_e_timed_out : wbem_e_failed;
}

}  // namespace

CimFault::CimFault(const ErrorDetail& told) : code_(code_of(told)), told_(&told) {}

ModelWorld::ModelWorld(Description description) {
    add_hosts(std::move(description.hosts));
    add_clusters(std::move(description.clusters));
    vms_.reserve(description.vms.size());
    for (auto& vm : description.vms) {
        add_vm(std::move(vm));
    }
}

void ModelWorld::add_hosts(std::vector<DescribedHost> rows) {
    for (auto& row : rows) {
        hosts_.push_back({std::move(row), true, true, std::nullopt, {}});
    }
}

void ModelWorld::add_clusters(std::vector<DescribedCluster> rows) {
    for (auto& row : rows) {
        for (const auto& node : row.nodes) {
            auto host = std::find_if(hosts_.begin(), hosts_.end(),
                                     [&](const ModelHost& known) { return same_text(known.row.name, node); });
            if (host == hosts_.end()) {
                auto unknown = host_without_row(row, node);
                const bool reachable = !unknown.supported_versions.empty();
                host = hosts_.insert(hosts_.end(), {std::move(unknown), reachable, false, std::nullopt, {}});
            }
            host->cluster = clusters_.size();
        }
        clusters_.push_back({std::move(row), {}});
    }
}

void ModelWorld::add_vm(DescribedVm row) {
    ModelVm vm{std::move(row), vms_.size(), 0, std::nullopt, ""};
    const auto* host = host_named(vm.row.history.moved_to);
    if (host == nullptr) {  // it has not moved, or to where nothing is described any more
        host = host_named(vm.row.host);
        vm.row.history.moved_to.clear();
    }
    vm.host = static_cast<std::size_t>(host - hosts_.data());
    if (vm.row.clustered.value_or(true)) {
        vm.cluster = host->cluster;
    }
    add(hosts_[vm.host].group, vm);
    if (vm.cluster) {
        add(clusters_[*vm.cluster].group, vm);
        name_resource(vm, *vm.cluster);
    }
    for (const auto& job : vm.row.history.jobs) {
        by_job_.emplace(job.id, vm.index);
    }
    vms_.push_back(std::move(vm));
}

/// Resource names differ within a cluster, names of VMs need not.
void ModelWorld::name_resource(ModelVm& vm, std::size_t cluster) {
    vm.resource = "Virtual Machine " + vm.row.name;
    if (!by_resource_.emplace(resource_key(cluster, vm.resource), vm.index).second) {
        vm.resource += " (" + vm.row.id + ")";
        by_resource_.emplace(resource_key(cluster, vm.resource), vm.index);
    }
}

std::vector<std::string> ModelWorld::hosts() const {
    std::vector<std::string> names;
    for (const auto& host : hosts_) {
        if (host.listed) {
            names.push_back(host.row.name);
        }
    }
    return names;
}

const ModelHost* ModelWorld::host_named(const std::string& name) const {
    const auto found = std::find_if(hosts_.begin(), hosts_.end(),
                                    [&](const ModelHost& host) { return same_text(host.row.name, name); });
    return found == hosts_.end() ? nullptr : &*found;
}

View ModelWorld::view(const Place& place) const {
    const auto* host = host_named(place.host);
    if (host == nullptr || !host->reachable) {
        throw CimFault(rpc_s_server_unavailable);
    }
    if (place.space == CimNamespace::cluster && host->row.cluster_error) {
        return {*host, place.space, nullptr, host->group};
    }
    const ModelCluster* cluster = host->cluster ? &clusters_[*host->cluster] : nullptr;
    const bool needs_cluster =
        place.space == CimNamespace::cluster || place.space == CimNamespace::cluster_virtualization;
    const bool needs_role =
        place.space == CimNamespace::virtualization || place.space == CimNamespace::cluster_virtualization;
    if ((needs_cluster && cluster == nullptr) || (needs_role && host->row.access == Access::no_role)) {
        throw CimFault(wbem_e_invalid_namespace);
    }
    return {*host, place.space, cluster, needs_cluster ? cluster->group : host->group};
}

const ModelVm* ModelWorld::find(const View& view, const std::string& id) const {
    const auto guid = parse_guid(id);
    const auto found = guid ? view.group.by_id.find(*guid) : view.group.by_id.end();
    return found == view.group.by_id.end() ? nullptr : &vms_[found->second];
}

ModelVm* ModelWorld::find(const View& view, const std::string& id) {
    const auto* vm = std::as_const(*this).find(view, id);
    return vm == nullptr ? nullptr : &vms_[vm->index];
}

const ModelVm* ModelWorld::find_resource(const ModelCluster& cluster, const std::string& name) const {
    const auto index = static_cast<std::size_t>(&cluster - clusters_.data());
    const auto found = by_resource_.find(resource_key(index, name));
    return found == by_resource_.end() ? nullptr : &vms_[found->second];
}

VmJob& ModelWorld::add_job(ModelVm& vm, VmJob job) {
    by_job_.emplace(job.id, vm.index);
    return vm.row.history.jobs.emplace_back(std::move(job));
}

const ModelVm* ModelWorld::vm_of_job(const std::string& id) const {
    const auto found = by_job_.find(id);
    return found == by_job_.end() ? nullptr : &vms_[found->second];
}

VmJob* ModelWorld::find_job(const std::string& id) {
    const auto found = by_job_.find(id);
    if (found == by_job_.end()) {
        return nullptr;
    }
    auto& jobs = vms_[found->second].row.history.jobs;
    const auto job =
        std::find_if(jobs.begin(), jobs.end(), [&](const VmJob& known) { return known.id == id; });
    return job == jobs.end() || job->gone() ? nullptr : &*job;
}

std::vector<std::string> ModelWorld::owners_of(const ModelVm& vm) const {
    if (!vm.row.possible_owners.empty() || !vm.cluster) {
        return vm.row.possible_owners;
    }
    return clusters_[*vm.cluster].row.nodes;
}

void ModelWorld::move(ModelVm& vm, const std::string& host) {
    const auto* target = host_named(host);
    if (target == nullptr) {
        return;
    }
    remove(hosts_[vm.host].group, vm);
    vm.host = static_cast<std::size_t>(target - hosts_.data());
    vm.row.history.moved_to = hosts_[vm.host].row.name;
    add(hosts_[vm.host].group, vm);
}

}  // namespace upshift::simulation
