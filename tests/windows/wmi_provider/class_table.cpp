// SPDX-License-Identifier: GPL-3.0-or-later
#include "class_table.hpp"

#include <algorithm>

namespace upshift::test_provider {

using simulation::CimNamespace;
using simulation::same_text;

namespace {

const std::vector<CimNamespace> one_host{CimNamespace::virtualization};
/// root\HyperVCluster\v2 lacks some classes of root\virtualization\v2 (generated classes of microsoft/wmi,
/// server2019 and server23h2, root/hypervcluster/v2).
const std::vector<CimNamespace> both{CimNamespace::virtualization, CimNamespace::cluster_virtualization};
const std::vector<CimNamespace> failover{CimNamespace::cluster};
const std::vector<CimNamespace> operating_system{CimNamespace::operating_system};

PropertyDefinition key(std::string_view name, CIMTYPE type = CIM_STRING) {
    return {.name = name, .type = type, .is_key = true};
}

/// Keys of a CIM_Service.
std::vector<PropertyDefinition> service_properties() {
    return {key("CreationClassName"), key("Name"), key("SystemCreationClassName"), key("SystemName")};
}

std::vector<ClassDefinition> hyper_v_classes() {
    const PropertyDefinition job{"Job", CIM_REFERENCE};
    return {{"Msvm_VirtualSystemManagementService",
             both,
             service_properties(),
             {{"UpgradeSystemVersion",
               {{"ComputerSystem", CIM_REFERENCE}, {"UpgradeSettingData", CIM_STRING}},
               {job},
               "UpgradeSystemVersion method of the Msvm_VirtualSystemManagementService class"},
              {"FormatError",
               {{"Errors", CIM_STRING | CIM_FLAG_ARRAY}},
               {{"ErrorMessage", CIM_STRING}},
               "FormatError method of the Msvm_VirtualSystemManagementService class"}},
             "Msvm_VirtualSystemManagementService class"},
            {"Msvm_VirtualSystemSnapshotService",
             both,
             service_properties(),
             {{"ClearSnapshotState",
               {{"SnapshotSettingData", CIM_REFERENCE}},
               {job},
               "ClearSnapshotState method of the Msvm_VirtualSystemSnapshotService class"}},
             "Msvm_VirtualSystemSnapshotService class"},
            {"Msvm_SummaryInformation",
             both,
             {key("InstanceID"),
              {"Name"},
              {"ElementName"},
              {"EnabledState", CIM_UINT16},
              {"OtherEnabledState"},
              {"ReplicationMode", CIM_UINT16},
              {"Version"},
              {"HostComputerSystemName"}},
             {},
             "Msvm_SummaryInformation class; class database of Justsenger/HyperV-WMI-Documentation"},
            {"Msvm_ComputerSystem",
             both,
             {key("CreationClassName"),
              key("Name"),
              {"ElementName"},
              {"EnabledState", CIM_UINT16},
              {"OtherEnabledState"},
              {"ReplicationMode", CIM_UINT16}},
             {{"RequestStateChange",
               {{"RequestedState", CIM_UINT16},
                {.name = "TimeoutPeriod", .type = CIM_DATETIME, .is_optional = true}},
               {job},
               "RequestStateChange method of the Msvm_ComputerSystem class"}},
             "Msvm_ComputerSystem class"},
            {"Msvm_VirtualSystemSettingData",
             both,
             {key("InstanceID"),
              {"ElementName"},
              {"VirtualSystemIdentifier"},
              {"ConfigurationID"},
              {"VirtualSystemType"},
              {"Version"},
              {"IsSaved", CIM_BOOLEAN}},
             {},
             "Msvm_VirtualSystemSettingData class"},
            {"Msvm_ConcreteJob",
             both,
             {key("InstanceID"),
              {"JobState", CIM_UINT16},
              {"PercentComplete", CIM_UINT16},
              {"ErrorCode", CIM_UINT16},
              {"ErrorDescription"},
              {"ErrorSummaryDescription"},
              {"ElementName"},
              {"Caption"}},
             {{"GetErrorEx",
               {},
               {{"Errors", CIM_STRING | CIM_FLAG_ARRAY}},
               "GetErrorEx method of the Msvm_ConcreteJob class"}},
             "Msvm_ConcreteJob class"},
            {"Msvm_AffectedJobElement",
             both,
             {key("AffectedElement", CIM_REFERENCE), key("AffectingElement", CIM_REFERENCE)},
             {},
             "Msvm_AffectedJobElement class"},
            {"Msvm_VirtualSystemManagementCapabilities",
             one_host,
             {key("InstanceID")},
             {},
             "Msvm_VirtualSystemManagementCapabilities class"},
            {"Msvm_ElementCapabilities",
             one_host,
             {key("ManagedElement", CIM_REFERENCE), key("Capabilities", CIM_REFERENCE)},
             {},
             "Msvm_ElementCapabilities class"},
            {"Msvm_SettingsDefineCapabilities",
             one_host,
             {key("GroupComponent", CIM_REFERENCE),
              key("PartComponent", CIM_REFERENCE),
              {"ValueRole", CIM_UINT16},
              {"ValueRange", CIM_UINT16}},
             {},
             "Msvm_SettingsDefineCapabilities class"},
            {"Msvm_ShutdownComponent",
             one_host,
             {key("SystemCreationClassName"), key("SystemName"), key("CreationClassName"), key("DeviceID")},
             {{"InitiateShutdown",
               {{"Force", CIM_BOOLEAN}, {"Reason", CIM_STRING}},
               {},
               "InitiateShutdown method of the Msvm_ShutdownComponent class"}},
             "Msvm_ShutdownComponent class"},
            {"Msvm_VirtualSystemUpgradeSettingData",
             one_host,
             {key("InstanceID"), {"TargetVersion"}},
             {},
             "class database of Justsenger/HyperV-WMI-Documentation, builds 20348 and later"}};
}

std::vector<ClassDefinition> other_classes() {
    return {{"MSCluster_Cluster",
             failover,
             {key("Name"), {"ClusterFunctionalLevel", CIM_UINT32}},
             {},
             "MSCluster_Cluster class"},
            {"MSCluster_Node",
             failover,
             {key("Name"), {"State", CIM_UINT32}, {"BuildNumber", CIM_UINT32}},
             {},
             "MSCluster_Node class"},
            {"MSCluster_Resource",
             failover,
             {key("Name"), {"Type"}, {"OwnerNode"}, {"PrivateProperties", CIM_OBJECT}},
             {},
             "MSCluster_Resource class"},
            {"MSCluster_ResourceToPossibleOwner",
             failover,
             {key("GroupComponent", CIM_REFERENCE), key("PartComponent", CIM_REFERENCE)},
             {},
             "MSCluster_ResourceToPossibleOwner class"},
            {"Win32_OperatingSystem",
             operating_system,
             {key("Name"), {"BuildNumber"}, {"Version"}, {"Caption"}},
             {},
             "Win32_OperatingSystem class"},
            {"Win32_Product",
             operating_system,
             {key("IdentifyingNumber"), key("Name"), key("Version")},
             {{"Upgrade",
               {{"PackageLocation", CIM_STRING}, {"Options", CIM_STRING}},
               {},
               "Upgrade method of the Win32_Product class"},
              {"Install",
               {{"PackageLocation", CIM_STRING}, {"Options", CIM_STRING}, {"AllUsers", CIM_BOOLEAN}},
               {},
               "Install method of the Win32_Product class",
               true}},
             "Win32_Product class; its keys are those of CIM_Product"}};
}

template <typename Row>
const Row* find_row(const std::vector<Row>& rows, std::string_view name) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return same_text(row.name, name); });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const PropertyDefinition* ClassDefinition::property(std::string_view wanted) const {
    return find_row(properties, wanted);
}

const MethodDefinition* ClassDefinition::method(std::string_view wanted) const {
    return find_row(methods, wanted);
}

const std::vector<ClassDefinition>& class_table() {
    static const std::vector<ClassDefinition> table = [] {
        auto rows = hyper_v_classes();
        for (auto& row : other_classes()) {
            rows.push_back(std::move(row));
        }
        return rows;
    }();
    return table;
}

const ClassDefinition* find_class(CimNamespace space, std::string_view name) {
    const auto* found = find_row(class_table(), name);
    const bool is_there = found != nullptr && std::find(found->namespaces.begin(), found->namespaces.end(),
                                                        space) != found->namespaces.end();
    return is_there ? found : nullptr;
}

}  // namespace upshift::test_provider
