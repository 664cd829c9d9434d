// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/model_objects.hpp"

#include <algorithm>
#include <array>
#include <utility>

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

ObjectPath path_by_instance_id(std::string class_name, std::string id) {
    return {std::move(class_name), {{"InstanceID", std::move(id)}}};
}

ObjectPath service_path(const ModelHost& host) {
    return {"Msvm_VirtualSystemManagementService",
            {{"CreationClassName", "Msvm_VirtualSystemManagementService"},
             {"Name", "vmms"},
             {"SystemCreationClassName", "Msvm_ComputerSystem"},
             {"SystemName", host.row.name}}};
}

ObjectPath system_path(const std::string& name) {
    return {"Msvm_ComputerSystem", {{"CreationClassName", "Msvm_ComputerSystem"}, {"Name", name}}};
}

ObjectPath capabilities_path() {
    return path_by_instance_id("Msvm_VirtualSystemManagementCapabilities",
                               "Microsoft:VirtualSystemManagementCapabilities");
}

/// One settings definition that the capabilities refer to.
struct Definition {
    std::string id;
    std::string version;
    std::int64_t value_role;  ///< 0 default, 3 supported
};

std::vector<Definition> definitions(const ModelHost& host) {
    const std::string prefix = R"(Microsoft:Definition\VirtualSystem\)";
    std::vector<Definition> all{{R"(Microsoft:Definition\SecureBootTemplate\MicrosoftWindows)", "", 3}};
    if (host.row.default_version) {
        all.push_back({prefix + "Default", to_string(*host.row.default_version), 0});
    }
    for (const auto version : host.row.supported_versions) {
        all.push_back({prefix + to_string(version), to_string(version), 3});
    }
    return all;
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
        return Value{};
    }
    if (name == "ReplicationMode") {
        return replication_mode(vm.row.replication);
    }
    return std::nullopt;
}

Property summary_property(const ModelVm& vm, std::string_view name) {
    if (name == "Version") {
        return vm.row.version;
    }
    if (name == "HostComputerSystemName") {
        return vm.row.host;
    }
    return vm_system_property(vm, name);
}

Property job_property(const ModelJob& job, std::string_view name) {
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

CimObject service_object(const ModelHost& host) {
    return {service_path(host), [&host](std::string_view name) -> Property {
                if (name == "Name") {
                    return "vmms";
                }
                return name == "SystemName" ? Property(host.row.name) : std::nullopt;
            }};
}

CimObject capabilities_object(const ModelHost& /*host*/) {
    return {capabilities_path(), [](std::string_view name) -> Property {
                return name == "InstanceID" ? Property("Microsoft:VirtualSystemManagementCapabilities")
                                            : std::nullopt;
            }};
}

CimObject host_system_object(const ModelHost& host) {
    return {system_path(host.row.name), [&host](std::string_view name) -> Property {
                if (name == "Name" || name == "ElementName") {
                    return host.row.name;
                }
                if (name == "EnabledState") {
                    return std::int64_t{2};
                }
                return name == "ReplicationMode" || name == "OtherEnabledState" ? Property(Value{})
                                                                                : std::nullopt;
            }};
}

CimObject vm_system_object(const ModelVm& vm) {
    return {system_path(vm.row.id), [&vm](std::string_view name) { return vm_system_property(vm, name); }};
}

CimObject summary_object(const ModelVm& vm) {
    return {path_by_instance_id("Msvm_SummaryInformation", "Microsoft:" + vm.row.id),
            [&vm](std::string_view name) { return summary_property(vm, name); }};
}

CimObject realized_settings_object(const ModelVm& vm) {
    return {path_by_instance_id("Msvm_VirtualSystemSettingData", "Microsoft:" + vm.row.id),
            [&vm](std::string_view name) { return vm_settings_property(vm, name); }};
}

CimObject checkpoint_settings_object(const ModelVm& vm, std::size_t checkpoint) {
    const std::string& label = vm.row.saved_checkpoints.at(checkpoint);
    const std::string id = derived_guid(vm.row.id, label, checkpoint);
    return {path_by_instance_id("Msvm_VirtualSystemSettingData", "Microsoft:" + id),
            [&vm, label, id](std::string_view name) -> Property {
                if (name == "ElementName") {
                    return label;
                }
                if (name == "InstanceID") {
                    return "Microsoft:" + id;
                }
                if (name == "ConfigurationID") {
                    return id;
                }
                if (name == "VirtualSystemType") {
                    return "Microsoft:Hyper-V:Snapshot:Realized";
                }
                return name == "IsSaved" ? Property(true) : vm_settings_property(vm, name);
            }};
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

CimObject job_object(const ModelJob& job) {
    return {path_by_instance_id("Msvm_ConcreteJob", job.id),
            [&job](std::string_view name) { return job_property(job, name); }};
}

CimObject element_capabilities_object(const ModelHost& host) {
    return {{"Msvm_ElementCapabilities", {{"ManagedElement", "vmms"}, {"Capabilities", "capabilities"}}},
            [&host](std::string_view name) -> Property {
                if (name == "ManagedElement") {
                    return service_path(host);
                }
                return name == "Capabilities" ? Property(capabilities_path()) : std::nullopt;
            }};
}

std::vector<CimObject> define_capabilities_objects(const ModelHost& host) {
    std::vector<CimObject> objects;
    for (const auto& definition : definitions(host)) {
        objects.push_back({{"Msvm_SettingsDefineCapabilities",
                            {{"GroupComponent", "capabilities"}, {"PartComponent", definition.id}}},
                           [definition](std::string_view name) -> Property {
                               if (name == "GroupComponent") {
                                   return capabilities_path();
                               }
                               if (name == "PartComponent") {
                                   return path_by_instance_id("Msvm_VirtualSystemSettingData", definition.id);
                               }
                               if (name == "ValueRole") {
                                   return definition.value_role;
                               }
                               return name == "ValueRange" ? Property(std::int64_t{0}) : std::nullopt;
                           }});
    }
    return objects;
}

std::vector<CimObject> definition_objects(const ModelHost& host) {
    std::vector<CimObject> objects;
    for (const auto& definition : definitions(host)) {
        objects.push_back({path_by_instance_id("Msvm_VirtualSystemSettingData", definition.id),
                           [definition](std::string_view name) -> Property {
                               if (name == "InstanceID") {
                                   return definition.id;
                               }
                               return name == "Version" ? Property(definition.version) : Property(Value{});
                           }});
    }
    return objects;
}

bool has_shutdown_component(const ModelVm& vm) {
    return vm.row.state == "running" && vm.row.heartbeat != "no_contact";
}

bool same_text(std::string_view one, std::string_view other) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

std::string key_of(const ObjectPath& path, std::string_view name) {
    const auto found = std::find_if(path.keys.begin(), path.keys.end(),
                                    [&](const auto& key) { return same_text(key.first, name); });
    return found == path.keys.end() ? std::string() : found->second;
}

}  // namespace upshift::simulation
