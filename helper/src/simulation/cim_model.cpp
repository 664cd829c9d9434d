// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/cim_model.hpp"

#include <algorithm>
#include <array>

#include "simulation/wbem_codes.hpp"
#include "support/guid.hpp"

namespace upshift::simulation {

using cim::Instance;
using cim::ObjectPath;
using cim::Value;

namespace {

constexpr std::string_view upgrade_settings_class = "Msvm_VirtualSystemUpgradeSettingData";

constexpr std::array<std::string_view, 10> known_classes{"Msvm_VirtualSystemManagementService",
                                                         "Msvm_SummaryInformation",
                                                         "Msvm_ComputerSystem",
                                                         "Msvm_VirtualSystemSettingData",
                                                         "Msvm_VirtualSystemManagementCapabilities",
                                                         "Msvm_ElementCapabilities",
                                                         "Msvm_SettingsDefineCapabilities",
                                                         "Msvm_ShutdownComponent",
                                                         "Msvm_ConcreteJob",
                                                         "Msvm_VirtualSystemSnapshotService"};

bool is_class_of(const ModelHost& host, std::string_view name) {
    return std::any_of(known_classes.begin(), known_classes.end(),
                       [&](std::string_view known) { return same_text(known, name); }) ||
           (host.row.upgrade_settings_class && same_text(name, upgrade_settings_class));
}

Value read(const CimObject& object, const std::string& property) {
    auto value = object.property(property);
    if (!value) {
        throw CimFault(wbem_e_invalid_query);
    }
    return std::move(*value);
}

Instance project(const CimObject& object, const std::vector<std::string>& columns) {
    Instance instance{object.path, {}};
    instance.properties.reserve(columns.size());
    for (const auto& column : columns) {
        instance.properties.emplace_back(column, read(object, column));
    }
    return instance;
}

/// WQL compares texts without regard to case.
bool equal(const Value& one, const Value& other) {
    const auto* text = std::get_if<std::string>(&one);
    const auto* other_text = std::get_if<std::string>(&other);
    return text != nullptr && other_text != nullptr ? same_text(*text, *other_text) : one == other;
}

bool satisfies(const CimObject& object, const std::vector<std::pair<std::string, Value>>& filters) {
    return std::all_of(filters.begin(), filters.end(),
                       [&](const auto& filter) { return equal(read(object, filter.first), filter.second); });
}

bool same_object(const ObjectPath& one, const ObjectPath& other) {
    return same_text(one.class_name, other.class_name) &&
           std::all_of(one.keys.begin(), one.keys.end(),
                       [&](const auto& key) { return same_text(key.second, key_of(other, key.first)); });
}

}  // namespace

CimModel::CimModel(Description description, Clock& clock, Store store)
    : clock_(clock), store_(std::move(store)) {
    std::unordered_map<std::string, std::size_t> host_index;
    for (auto& host : description.hosts) {
        host_index.emplace(host.name, hosts_.size());
        hosts_.push_back({std::move(host), {}, {}});
    }
    vms_.reserve(description.vms.size());
    for (auto& vm : description.vms) {
        auto& host = hosts_.at(host_index.at(vm.host));
        host.vms.push_back(vms_.size());
        host.by_id.emplace(vm.id, vms_.size());
        vms_.push_back({std::move(vm), vms_.size(), std::nullopt, ""});
    }
}

std::vector<std::string> CimModel::hosts() const {
    std::vector<std::string> names;
    names.reserve(hosts_.size());
    for (const auto& host : hosts_) {
        names.push_back(host.row.name);
    }
    return names;
}

const ModelHost& CimModel::host_named(const std::string& name) const {
    const auto found = std::find_if(hosts_.begin(), hosts_.end(),
                                    [&](const ModelHost& host) { return same_text(host.row.name, name); });
    if (found == hosts_.end()) {
        throw CimFault(rpc_s_server_unavailable);
    }
    return *found;
}

ModelVm* CimModel::vm_with_id(const ModelHost& host, const std::string& id) {
    const auto guid = parse_guid(id);
    const auto found = guid ? host.by_id.find(*guid) : host.by_id.end();
    return found == host.by_id.end() ? nullptr : &vms_[found->second];
}

void CimModel::connect(const std::string& host, const std::string& cim_namespace) const {
    const auto& described = host_named(host);
    std::string name = cim_namespace;
    std::replace(name.begin(), name.end(), '/', '\\');
    if (described.row.access == Access::no_role || !same_text(name, R"(root\virtualization\v2)")) {
        throw CimFault(wbem_e_invalid_namespace);
    }
}

void CimModel::visit(const ModelHost& host, const std::string& class_name, const Visitor& visitor) const {
    const auto is = [&](std::string_view name) { return same_text(class_name, name); };
    const auto each_vm = [&](const auto& visit_vm) {
        std::for_each(host.vms.begin(), host.vms.end(), [&](std::size_t i) { visit_vm(vms_[i]); });
    };
    if (is("Msvm_VirtualSystemManagementService")) {
        visitor(service_object(host));
    } else if (is("Msvm_VirtualSystemManagementCapabilities")) {
        visitor(capabilities_object(host));
    } else if (is("Msvm_ElementCapabilities")) {
        visitor(element_capabilities_object(host));
    } else if (is("Msvm_SettingsDefineCapabilities")) {
        const auto objects = define_capabilities_objects(host);
        std::for_each(objects.begin(), objects.end(), visitor);
    } else if (is("Msvm_SummaryInformation")) {
        each_vm([&](const ModelVm& vm) { visitor(summary_object(vm)); });
    } else if (is("Msvm_ComputerSystem")) {
        visitor(host_system_object(host));
        each_vm([&](const ModelVm& vm) { visitor(vm_system_object(vm)); });
    } else if (is("Msvm_VirtualSystemSettingData")) {
        each_vm([&](const ModelVm& vm) {
            visitor(realized_settings_object(vm));
            for (std::size_t i = 0; i < vm.row.saved_checkpoints.size(); ++i) {
                visitor(checkpoint_settings_object(vm, i));
            }
        });
    } else if (is("Msvm_ShutdownComponent")) {
        each_vm([&](const ModelVm& vm) {
            if (has_shutdown_component(vm)) {
                visitor(shutdown_component_object(vm));
            }
        });
    } else if (is("Msvm_ConcreteJob")) {
        for (const auto& [id, job] : jobs_) {
            if (same_text(vms_[job.vm].row.host, host.row.name)) {
                visitor(job_object(job));
            }
        }
    }
}

std::vector<Instance> CimModel::query(const std::string& host_name, const cim::Query& query) {
    std::unique_lock lock(mutex_);
    settle();
    const auto& host = host_named(host_name);
    std::vector<Instance> rows;
    if (host.row.access == Access::denied) {
        return rows;  // Hyper-V answers a caller without the right with nothing, not with an error
    }
    if (!is_class_of(host, query.class_name)) {
        throw CimFault(wbem_e_invalid_class);
    }
    visit(host, query.class_name, [&](const CimObject& object) {
        if (satisfies(object, query.filters)) {
            rows.push_back(project(object, query.columns));
        }
    });
    const auto change = changes_;
    lock.unlock();
    commit(change);
    return rows;
}

std::optional<Instance> CimModel::get(const std::string& host_name, const ObjectPath& path,
                                      const std::vector<std::string>& columns) {
    std::unique_lock lock(mutex_);
    const auto& host = host_named(host_name);
    if (host.row.access == Access::denied || !is_class_of(host, path.class_name)) {
        return std::nullopt;
    }
    if (path.keys.empty()) {
        return Instance{path, {}};
    }
    const auto job = jobs_.find(key_of(path, "InstanceID"));
    if (job != jobs_.end()) {
        auto& polls_left = job->second.polls_left;
        if (polls_left && *polls_left > 0) {
            --*polls_left;
        }
    }
    settle();
    auto found = get_by_key(host, path, columns);
    const auto change = changes_;
    lock.unlock();
    commit(change);
    return found;
}

std::optional<Instance> CimModel::get_by_key(const ModelHost& host, const ObjectPath& path,
                                             const std::vector<std::string>& columns) {
    if (same_text(path.class_name, "Msvm_ComputerSystem")) {
        const ModelVm* vm = vm_with_id(host, key_of(path, "Name"));
        return vm == nullptr ? std::nullopt : std::optional(project(vm_system_object(*vm), columns));
    }
    const std::string id = key_of(path, "InstanceID");
    if (same_text(path.class_name, "Msvm_ConcreteJob")) {
        const auto job = jobs_.find(id);
        return job == jobs_.end() ? std::nullopt : std::optional(project(job_object(job->second), columns));
    }
    constexpr std::string_view vm_prefix = "Microsoft:";
    const ModelVm* vm = id.starts_with(vm_prefix) ? vm_with_id(host, id.substr(vm_prefix.size())) : nullptr;
    if (vm != nullptr) {
        return project(same_text(path.class_name, "Msvm_SummaryInformation") ? summary_object(*vm)
                                                                             : realized_settings_object(*vm),
                       columns);
    }
    std::optional<Instance> found;
    const auto take_match = [&](const CimObject& object) {
        if (!found && same_object(object.path, path)) {
            found = project(object, columns);
        }
    };
    if (same_text(path.class_name, "Msvm_VirtualSystemSettingData")) {
        const auto objects = definition_objects(host);
        std::for_each(objects.begin(), objects.end(), take_match);
    }
    if (!found) {
        visit(host, path.class_name, take_match);
    }
    return found;
}

std::vector<Instance> CimModel::references(const std::string& host_name, const ObjectPath& object,
                                           const std::string& association_class,
                                           const std::vector<std::string>& columns) {
    const std::lock_guard lock(mutex_);
    const auto& host = host_named(host_name);
    std::vector<Instance> rows;
    if (host.row.access == Access::denied) {
        return rows;
    }
    if (!is_class_of(host, association_class)) {
        throw CimFault(wbem_e_invalid_class);
    }
    visit(host, association_class, [&](const CimObject& association) {
        for (const auto* end : {"ManagedElement", "Capabilities", "GroupComponent", "PartComponent"}) {
            const auto value = association.property(end);
            const auto* path = value ? std::get_if<ObjectPath>(&*value) : nullptr;
            if (path != nullptr && same_object(*path, object)) {
                rows.push_back(project(association, columns));
                return;
            }
        }
    });
    return rows;
}

}  // namespace upshift::simulation
