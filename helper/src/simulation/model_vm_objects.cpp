// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "simulation/model_objects.hpp"

namespace upshift::simulation {

using cim::ObjectPath;
using cim::Value;

namespace {

using Property = std::optional<Value>;

/// EnabledState of Msvm_ComputerSystem in namespace v2; 1 is "other".
std::int64_t enabled_state(const std::string& state) {
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 7> values{{{"running", 2},
                                                                               {"off", 3},
                                                                               {"stopping", 4},
                                                                               {"saved", 6},
                                                                               {"paused", 9},
                                                                               {"starting", 10},
                                                                               {"other", 1}}};
    const auto* const found =
        std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == state; });
    return found == values.end() ? 1 : found->second;
}

/// ReplicationMode of Msvm_ComputerSystem.
std::int64_t replication_mode(const std::string& replication) {
    constexpr std::array<std::string_view, 5> modes{"none", "primary", "replica", "test_replica",
                                                    "extended_replica"};
    return std::find(modes.begin(), modes.end(), replication) - modes.begin();
}

Property vm_settings_property(const ModelVm& vm, std::string_view name) {
    if (name == "ElementName") {
        return vm.row.name;
    }
    if (name == "VirtualSystemIdentifier" || name == "ConfigurationID") {
        return vm.row.id;
    }
    if (name == "InstanceID") {
        return "Microsoft:" + vm.row.id;
    }
    if (name == "VirtualSystemType") {
        return "Microsoft:Hyper-V:System:Realized";
    }
    if (name == "Version") {
        return vm.row.version;
    }
    if (name == "IsSaved") {
        return vm.row.state == "saved";
    }
    return std::nullopt;
}

Property checkpoint_property(const ModelVm& vm, const ModelCheckpoint& checkpoint, std::string_view name) {
    if (name == "ElementName") {
        return checkpoint.which.name;
    }
    if (name == "InstanceID") {
        return checkpoint.instance_id;
    }
    if (name == "ConfigurationID") {
        return checkpoint.instance_id.substr(checkpoint.instance_id.find(':') + 1);
    }
    if (name == "VirtualSystemType") {
        return "Microsoft:Hyper-V:Snapshot:Realized";
    }
    return name == "IsSaved" ? Property(checkpoint.is_saved) : vm_settings_property(vm, name);
}

Property vm_system_property(const ModelVm& vm, std::string_view name) {
    if (name == "Name") {
        return vm.row.id;
    }
    if (name == "ElementName") {
        return vm.row.name;
    }
    if (name == "EnabledState") {
        return enabled_state(vm.row.state);
    }
    if (name == "OtherEnabledState") {
        return vm.row.state == "other" ? Value("Merging disks") : Value();
    }
    if (name == "ReplicationMode") {
        return replication_mode(vm.row.replication);
    }
    return std::nullopt;
}

Property summary_property(const ModelVm& vm, const ModelHost& host, std::string_view name) {
    if (host.row.is_old() && (name == "Version" || name == "HostComputerSystemName")) {
        return std::nullopt;
    }
    if (name == "Version") {
        return vm.row.version;
    }
    if (name == "HostComputerSystemName") {
        return host.row.name;
    }
    return vm_system_property(vm, name);
}

Property job_property(const VmJob& job, std::string_view name) {
    if (name == "InstanceID") {
        return job.id;
    }
    if (name == "JobState") {
        return job.ended ? job.end_state : 4;
    }
    if (name == "PercentComplete") {
        return job.percent;
    }
    if (name == "ErrorCode") {
        return job.ended ? job.error_code : 0;
    }
    if (name == "ErrorDescription" || name == "ErrorSummaryDescription") {
        return job.ended ? Value(job.error_description) : Value();
    }
    if (name == "ElementName" || name == "Caption") {
        return job.title;
    }
    return std::nullopt;
}

}  // namespace

CimObject vm_system_object(const ModelVm& vm) {
    return {system_path(vm.row.id), [&vm](std::string_view name) { return vm_system_property(vm, name); }};
}

CimObject summary_object(const ModelVm& vm, const ModelHost& host) {
    return {path_by_instance_id("Msvm_SummaryInformation", "Microsoft:" + vm.row.id),
            [&vm, &host](std::string_view name) { return summary_property(vm, host, name); }};
}

CimObject realized_settings_object(const ModelVm& vm) {
    return {path_by_instance_id("Msvm_VirtualSystemSettingData", "Microsoft:" + vm.row.id),
            [&vm](std::string_view name) { return vm_settings_property(vm, name); }};
}

std::vector<ModelCheckpoint> checkpoints_of(const ModelVm& vm) {
    const auto& cleared = vm.row.history.cleared_checkpoints;
    std::vector<ModelCheckpoint> checkpoints;
    std::map<std::string, std::size_t> numbers;
    const auto add = [&](const ClearedCheckpoint& checkpoint, bool is_saved) {
        const std::string id = derived_guid(vm.row.id, checkpoint.name, checkpoint.number);
        checkpoints.push_back({checkpoint, "Microsoft:" + id, is_saved});
    };
    for (const auto& name : vm.row.saved_checkpoints) {
        ClearedCheckpoint checkpoint{name, numbers[name]};
        while (std::find(cleared.begin(), cleared.end(), checkpoint) != cleared.end()) {
            ++checkpoint.number;
        }
        numbers[name] = checkpoint.number + 1;
        add(checkpoint, true);
    }
    std::for_each(cleared.begin(), cleared.end(), [&](const auto& checkpoint) { add(checkpoint, false); });
    return checkpoints;
}

CimObject checkpoint_settings_object(const ModelVm& vm, const ModelCheckpoint& checkpoint) {
    return {path_by_instance_id("Msvm_VirtualSystemSettingData", checkpoint.instance_id),
            [&vm, &checkpoint](std::string_view name) { return checkpoint_property(vm, checkpoint, name); }};
}

CimObject shutdown_component_object(const ModelVm& vm) {
    ObjectPath path{"Msvm_ShutdownComponent",
                    {{"CreationClassName", "Msvm_ShutdownComponent"},
                     {"DeviceID", "Microsoft:" + derived_guid(vm.row.id, "Shutdown", 0)},
                     {"SystemCreationClassName", "Msvm_ComputerSystem"},
                     {"SystemName", vm.row.id}}};
    return {std::move(path), [&vm](std::string_view name) -> Property {
                return name == "SystemName" ? Property(vm.row.id) : std::nullopt;
            }};
}

CimObject job_object(const VmJob& job) {
    return {job_path(job), [&job](std::string_view name) { return job_property(job, name); }};
}

CimObject affected_element_object(const ModelVm& vm, const VmJob& job) {
    return {{"Msvm_AffectedJobElement", {{"AffectedElement", vm.row.id}, {"AffectingElement", job.id}}},
            [&vm, &job](std::string_view name) -> Property {
                if (name == "AffectedElement") {
                    return system_path(vm.row.id);
                }
                return name == "AffectingElement" ? Property(job_path(job)) : std::nullopt;
            }};
}

bool has_shutdown_component(const ModelVm& vm) {
    return vm.row.state == "running" && vm.row.heartbeat != "no_contact";
}

std::string key_of(const ObjectPath& path, std::string_view name) {
    const auto found = std::find_if(path.keys.begin(), path.keys.end(),
                                    [&](const auto& key) { return same_text(key.first, name); });
    return found == path.keys.end() ? std::string() : found->second;
}

ObjectPath path_by_instance_id(std::string class_name, std::string id) {
    return {std::move(class_name), {{"InstanceID", std::move(id)}}};
}

ObjectPath job_path(const VmJob& job) {
    return path_by_instance_id("Msvm_ConcreteJob", job.id);
}

ObjectPath system_path(const std::string& name) {
    return {"Msvm_ComputerSystem", {{"CreationClassName", "Msvm_ComputerSystem"}, {"Name", name}}};
}
}  // namespace upshift::simulation
