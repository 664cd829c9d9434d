// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cim/cim_session.hpp"
#include "simulation/model_world.hpp"

// The objects of the CIM model and how they look as instances of the classes of Hyper-V, failover clusters
// and the operating system. Property names, types and keys are those of the class pages (Msvm_*: Hyper-V WMI
// provider (V2); MSCluster_*: failover cluster provider; Win32_OperatingSystem).
namespace upshift::simulation {

/// One object as CIM sees it. `property` gives nothing for a name that its class does not have.
struct CimObject {
    cim::ObjectPath path;
    std::function<std::optional<cim::Value>(std::string_view)> property;
};
using Visitor = std::function<void(const CimObject&)>;

/// A checkpoint of a VM, by the InstanceID of its settings.
struct ModelCheckpoint {
    ClearedCheckpoint which;
    std::string instance_id;
    bool is_saved = true;
};
/// Those with saved state, then those that held some once.
std::vector<ModelCheckpoint> checkpoints_of(const ModelVm& vm);

// Of a host.
CimObject management_service_object(const ModelHost& host);
CimObject snapshot_service_object(const ModelHost& host);
CimObject capabilities_object();
CimObject host_system_object(const ModelHost& host);
CimObject operating_system_object(const ModelHost& host);
/// The service has these capabilities.
CimObject element_capabilities_object(const ModelHost& host);
/// Every association of the capabilities with a settings definition: the default, each supported version, and
/// one definition without a version, as a real host has for secure-boot templates.
std::vector<CimObject> define_capabilities_objects(const ModelHost& host);
/// The definitions those associations lead to.
std::vector<CimObject> definition_objects(const ModelHost& host);

// Of a VM.
CimObject vm_system_object(const ModelVm& vm);
CimObject summary_object(const ModelVm& vm, const ModelHost& host);
CimObject realized_settings_object(const ModelVm& vm);
CimObject checkpoint_settings_object(const ModelVm& vm, const ModelCheckpoint& checkpoint);
CimObject shutdown_component_object(const ModelVm& vm);
CimObject job_object(const VmJob& job);
/// The job is at work on the VM.
CimObject affected_element_object(const ModelVm& vm, const VmJob& job);

// Of a cluster.
CimObject cluster_object(const ModelCluster& cluster);
/// `host` is the node's, which may be one that cannot be connected to.
CimObject node_object(const ModelHost& host);
CimObject resource_object(const ModelVm& vm, const ModelHost& host);
/// The VM's configuration is a resource of its own, with the same VmID.
CimObject configuration_resource_object(const ModelVm& vm, const ModelHost& host);
CimObject possible_owner_object(const ModelVm& vm, const std::string& node);

/// Whether the guest can be asked to shut down now: the component exists only while the VM runs.
bool has_shutdown_component(const ModelVm& vm);

/// The key of that name, without regard to case; empty where there is none.
std::string key_of(const cim::ObjectPath& path, std::string_view name);
cim::ObjectPath path_by_instance_id(std::string class_name, std::string id);
cim::ObjectPath job_path(const VmJob& job);
/// Of a VM (by its id) or of the host (by its name).
cim::ObjectPath system_path(const std::string& name);

}  // namespace upshift::simulation
