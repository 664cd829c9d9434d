// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "simulation/model_objects.hpp"

namespace upshift::simulation {

using cim::ObjectPath;
using cim::Value;

namespace {

using Property = std::optional<Value>;

ObjectPath service_path(const ModelHost& host, const std::string& class_name, const std::string& name) {
    return {class_name,
            {{"CreationClassName", class_name},
             {"Name", name},
             {"SystemCreationClassName", "Msvm_ComputerSystem"},
             {"SystemName", host.row.name}}};
}

ObjectPath management_service_path(const ModelHost& host) {
    return service_path(host, "Msvm_VirtualSystemManagementService", "vmms");
}

CimObject service_object(const ModelHost& host, ObjectPath path) {
    const std::string service = key_of(path, "Name");
    return {std::move(path), [&host, service](std::string_view name) -> Property {
                if (name == "Name") {
                    return service;
                }
                return name == "SystemName" ? Property(host.row.name) : std::nullopt;
            }};
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

}  // namespace

CimObject management_service_object(const ModelHost& host) {
    return service_object(host, management_service_path(host));
}

CimObject snapshot_service_object(const ModelHost& host) {
    return service_object(host, service_path(host, "Msvm_VirtualSystemSnapshotService", "vssnap"));
}

CimObject operating_system_object(const ModelHost& host) {
    return {{"Win32_OperatingSystem", {{"Name", "Microsoft Windows Server"}}},
            [&host](std::string_view name) -> Property {
                if (name == "BuildNumber") {
                    return host.row.build;
                }
                if (name == "Version") {
                    return (host.row.is_old() ? "6.3." : "10.0.") + host.row.build;
                }
                return name == "Caption" ? Property("Microsoft Windows Server") : std::nullopt;
            }};
}

CimObject capabilities_object() {
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

CimObject element_capabilities_object(const ModelHost& host) {
    return {{"Msvm_ElementCapabilities", {{"ManagedElement", "vmms"}, {"Capabilities", "capabilities"}}},
            [&host](std::string_view name) -> Property {
                if (name == "ManagedElement") {
                    return management_service_path(host);
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

}  // namespace upshift::simulation
