// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <utility>

#include "simulation/model_objects.hpp"

namespace upshift::simulation {

using cim::ObjectPath;
using cim::Value;

namespace {

using Property = std::optional<Value>;

ObjectPath path_by_name(std::string class_name, const std::string& name) {
    return {std::move(class_name), {{"Name", name}}};
}

/// A uint32; NULL where the build is not known.
Value build_number(const std::string& build) {
    std::int64_t number = 0;
    const auto* const end = build.data() + build.size();
    const auto [stop, error] = std::from_chars(build.data(), end, number);
    return error == std::errc() && stop == end ? Value(number) : Value();
}

CimObject virtual_machine_resource(const ModelVm& vm, const ModelHost& host, const std::string& name,
                                   const char* type) {
    return {path_by_name("MSCluster_Resource", name),
            [&vm, &host, name, type](std::string_view property) -> Property {
                if (property == "Name") {
                    return name;
                }
                if (property == "Type") {
                    return type;
                }
                if (property == "OwnerNode") {
                    return host.row.name;
                }
                // WQL reaches into an embedded object with a dot.
                if (property == "PrivateProperties.VmID") {
                    return vm.row.id;
                }
                return property == "PrivateProperties"
                           ? Property(cim::EmbeddedInstance{"MSCluster_Property", {{"VmID", vm.row.id}}})
                           : std::nullopt;
            }};
}

}  // namespace

CimObject cluster_object(const ModelCluster& cluster) {
    return {path_by_name("MSCluster_Cluster", cluster.row.name),
            [&cluster](std::string_view name) -> Property {
                if (name == "Name") {
                    return cluster.row.name;
                }
                if (name != "ClusterFunctionalLevel") {
                    return std::nullopt;
                }
                const auto level = cluster.row.functional_level;
                return level ? Value(*level) : Value();
            }};
}

CimObject node_object(const ModelHost& host) {
    return {path_by_name("MSCluster_Node", host.row.name), [&host](std::string_view name) -> Property {
                if (name == "Name") {
                    return host.row.name;
                }
                if (name == "State") {
                    return std::int64_t{0};  // up
                }
                return name == "BuildNumber" ? Property(build_number(host.row.build)) : std::nullopt;
            }};
}

CimObject resource_object(const ModelVm& vm, const ModelHost& host) {
    return virtual_machine_resource(vm, host, vm.resource, "Virtual Machine");
}

CimObject configuration_resource_object(const ModelVm& vm, const ModelHost& host) {
    // "Virtual Machine Configuration web" beside "Virtual Machine web"
    std::string name = vm.resource;
    name.insert(std::string_view("Virtual Machine").size(), " Configuration");
    return virtual_machine_resource(vm, host, name, "Virtual Machine Configuration");
}

CimObject possible_owner_object(const ModelVm& vm, const std::string& node) {
    const auto resource = path_by_name("MSCluster_Resource", vm.resource);
    return {{"MSCluster_ResourceToPossibleOwner", {{"GroupComponent", vm.resource}, {"PartComponent", node}}},
            [resource, node](std::string_view name) -> Property {
                if (name == "GroupComponent") {
                    return resource;
                }
                return name == "PartComponent" ? Property(path_by_name("MSCluster_Node", node))
                                               : std::nullopt;
            }};
}

}  // namespace upshift::simulation
