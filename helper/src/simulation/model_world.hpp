// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "simulation/cim_namespace.hpp"
#include "simulation/simulation_file.hpp"
#include "support/error.hpp"

namespace upshift::simulation {

/// What WMI answers in place of a result: a WBEM code such as 0x80041010. A failure that another run met and
/// told keeps its words, which the described host owns.
class CimFault : public std::exception {
  public:
    explicit CimFault(std::uint32_t code) : code_(code) {}
    explicit CimFault(const ErrorDetail& told);
    std::uint32_t code() const noexcept { return code_; }
    const ErrorDetail* told() const noexcept { return told_; }
    const char* what() const noexcept override { return "a fault of the described host"; }

  private:
    std::uint32_t code_;
    const ErrorDetail* told_ = nullptr;
};

struct ModelVm {
    DescribedVm row;
    std::size_t index = 0;
    std::size_t host = 0;                ///< where it is now
    std::optional<std::size_t> cluster;  ///< only where it is clustered
    std::string resource;                ///< its name in the cluster
};

/// VMs in the order described, found by id (upper case).
struct VmGroup {
    std::vector<std::size_t> vms;
    std::unordered_map<std::string, std::size_t> by_id;
};

struct ModelHost {
    DescribedHost row;
    bool reachable = true;  ///< whether it can be connected to
    bool listed = true;     ///< false: only a cluster names it
    std::optional<std::size_t> cluster;
    VmGroup group;
};

struct ModelCluster {
    DescribedCluster row;
    VmGroup group;
};

/// What one connection sees: a host, a namespace of it, and the VMs that Hyper-V's classes show there.
struct View {
    const ModelHost& host;
    CimNamespace space;
    const ModelCluster* cluster;  ///< nullptr where the host is in none, or does not tell
    const VmGroup& group;

    bool is_of_hyper_v() const {
        return space == CimNamespace::virtualization || space == CimNamespace::cluster_virtualization;
    }
};

/// The described hosts, clusters and VMs as they stand now, and where each is found. Knows no classes, and
/// lets nothing happen by itself.
class ModelWorld {
  public:
    explicit ModelWorld(Description description);

    /// Those that can be connected to, in the order described.
    std::vector<std::string> hosts() const;
    /// Throws CimFault: RPC_S_SERVER_UNAVAILABLE where the host cannot be connected to,
    /// WBEM_E_INVALID_NAMESPACE where it does not have the namespace.
    View view(const Place& place) const;

    std::vector<ModelVm>& vms() { return vms_; }
    const std::vector<ModelVm>& vms() const { return vms_; }
    const ModelHost& host_of(const ModelVm& vm) const { return hosts_[vm.host]; }
    const ModelHost* host_named(const std::string& name) const;
    const ModelCluster& cluster(std::size_t index) const { return clusters_[index]; }

    /// The VM of that id that the view shows, or nullptr.
    const ModelVm* find(const View& view, const std::string& id) const;
    ModelVm* find(const View& view, const std::string& id);
    /// The VM behind a resource of that name in the cluster, or nullptr.
    const ModelVm* find_resource(const ModelCluster& cluster, const std::string& name) const;

    /// Adds a job to the VM. References to jobs of that VM end here.
    VmJob& add_job(ModelVm& vm, VmJob job);
    /// The job with that InstanceID, or nullptr where there is none or it is gone.
    VmJob* find_job(const std::string& id);
    const ModelVm* vm_of_job(const std::string& id) const;

    /// Names of the nodes that may own it; none where it is not clustered.
    std::vector<std::string> owners_of(const ModelVm& vm) const;

    /// Puts the VM on another host; nothing happens where that host is unknown.
    void move(ModelVm& vm, const std::string& host);

  private:
    void add_hosts(std::vector<DescribedHost> rows);
    void add_clusters(std::vector<DescribedCluster> rows);
    void add_vm(DescribedVm row);
    void name_resource(ModelVm& vm, std::size_t cluster);

    std::vector<ModelHost> hosts_;
    std::vector<ModelCluster> clusters_;
    std::vector<ModelVm> vms_;
    std::unordered_map<std::string, std::size_t> by_job_;       ///< VM of each InstanceID
    std::unordered_map<std::string, std::size_t> by_resource_;  ///< "cluster index\nresource", folded
};

}  // namespace upshift::simulation
