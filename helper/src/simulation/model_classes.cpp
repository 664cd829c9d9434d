// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/model_classes.hpp"

#include <algorithm>
#include <array>

namespace upshift::simulation {

using cim::ObjectPath;

namespace {

using Visit = void (*)(const ModelWorld&, const View&, const Visitor&);

void visit_all(const std::vector<CimObject>& objects, const Visitor& visitor) {
    std::for_each(objects.begin(), objects.end(), visitor);
}

template <typename VisitVm>
void each_vm(const ModelWorld& world, const View& view, const VisitVm& visit_vm) {
    for (const auto i : view.group.vms) {
        visit_vm(world.vms()[i]);
    }
}

void visit_systems(const ModelWorld& world, const View& view, const Visitor& visitor) {
    if (view.space == CimNamespace::virtualization) {
        visitor(host_system_object(view.host));
    }
    each_vm(world, view, [&](const ModelVm& vm) { visitor(vm_system_object(vm)); });
}

void visit_summaries(const ModelWorld& world, const View& view, const Visitor& visitor) {
    each_vm(world, view, [&](const ModelVm& vm) { visitor(summary_object(vm, world.host_of(vm))); });
}

void visit_settings(const ModelWorld& world, const View& view, const Visitor& visitor) {
    each_vm(world, view, [&](const ModelVm& vm) {
        visitor(realized_settings_object(vm));
        for (const auto& checkpoint : checkpoints_of(vm)) {
            visitor(checkpoint_settings_object(vm, checkpoint));
        }
    });
}

void visit_shutdown_components(const ModelWorld& world, const View& view, const Visitor& visitor) {
    each_vm(world, view, [&](const ModelVm& vm) {
        if (has_shutdown_component(vm)) {
            visitor(shutdown_component_object(vm));
        }
    });
}

void visit_jobs(const ModelWorld& world, const View& view, const Visitor& visitor) {
    each_vm(world, view, [&](const ModelVm& vm) {
        for (const auto& job : vm.row.history.jobs) {
            if (!job.gone()) {
                visitor(job_object(job));
            }
        }
    });
}

void visit_affected_elements(const ModelWorld& world, const View& view, const Visitor& visitor) {
    each_vm(world, view, [&](const ModelVm& vm) {
        for (const auto& job : vm.row.history.jobs) {
            if (job.under_way()) {
                visitor(affected_element_object(vm, job));
            }
        }
    });
}

void visit_resources(const ModelWorld& world, const View& view, const Visitor& visitor) {
    each_vm(world, view, [&](const ModelVm& vm) {
        visitor(resource_object(vm, world.host_of(vm)));
        visitor(configuration_resource_object(vm, world.host_of(vm)));
    });
}

void visit_possible_owners(const ModelWorld& world, const View& view, const Visitor& visitor) {
    each_vm(world, view, [&](const ModelVm& vm) {
        for (const auto& node : world.owners_of(vm)) {
            visitor(possible_owner_object(vm, node));
        }
    });
}

void visit_nodes(const ModelWorld& world, const View& view, const Visitor& visitor) {
    for (const auto& node : view.cluster->row.nodes) {
        visitor(node_object(*world.host_named(node)));
    }
}

constexpr unsigned bit(CimNamespace space) {
    return 1U << static_cast<unsigned>(space);
}
constexpr unsigned virtualization = bit(CimNamespace::virtualization);
constexpr unsigned both = virtualization | bit(CimNamespace::cluster_virtualization);
constexpr unsigned failover = bit(CimNamespace::cluster);

struct Class {
    std::string_view name;
    unsigned namespaces;
    Visit visit;
};

/// What root\HyperVCluster\v2 lacks, it lacks on real hosts too (facts: hyperv, section 3).
const std::array<Class, 17> classes{
    {{"Msvm_VirtualSystemManagementService", both,
      [](const auto&, const View& view, const Visitor& visitor) {
          visitor(management_service_object(view.host));
      }},
     {"Msvm_VirtualSystemSnapshotService", both,
      [](const auto&, const View& view, const Visitor& visitor) {
          visitor(snapshot_service_object(view.host));
      }},
     {"Msvm_SummaryInformation", both, visit_summaries},
     {"Msvm_ComputerSystem", both, visit_systems},
     {"Msvm_VirtualSystemSettingData", both, visit_settings},
     {"Msvm_ConcreteJob", both, visit_jobs},
     {"Msvm_AffectedJobElement", both, visit_affected_elements},
     {"Msvm_VirtualSystemManagementCapabilities", virtualization,
      [](const auto&, const View&, const Visitor& visitor) { visitor(capabilities_object()); }},
     {"Msvm_ElementCapabilities", virtualization,
      [](const auto&, const View& view, const Visitor& visitor) {
          visitor(element_capabilities_object(view.host));
      }},
     {"Msvm_SettingsDefineCapabilities", virtualization,
      [](const auto&, const View& view, const Visitor& visitor) {
          visit_all(define_capabilities_objects(view.host), visitor);
      }},
     {"Msvm_ShutdownComponent", virtualization, visit_shutdown_components},
     // A parameter's class: it has no instances.
     {"Msvm_VirtualSystemUpgradeSettingData", virtualization,
      [](const auto&, const View&, const Visitor&) {}},
     {"MSCluster_Cluster", failover,
      [](const auto&, const View& view, const Visitor& visitor) { visitor(cluster_object(*view.cluster)); }},
     {"MSCluster_Node", failover, visit_nodes},
     {"MSCluster_Resource", failover, visit_resources},
     {"MSCluster_ResourceToPossibleOwner", failover, visit_possible_owners},
     {"Win32_OperatingSystem", bit(CimNamespace::operating_system),
      [](const auto&, const View& view, const Visitor& visitor) {
          visitor(operating_system_object(view.host));
      }}}};

const Class* find_class(const View& view, std::string_view name) {
    const auto* const found = std::find_if(classes.begin(), classes.end(), [&](const Class& known) {
        return (known.namespaces & bit(view.space)) != 0 && same_text(known.name, name);
    });
    const bool is_lacking =
        found == classes.end() ||
        (found->name == "Msvm_VirtualSystemUpgradeSettingData" && !view.host.row.upgrade_settings_class);
    return is_lacking ? nullptr : found;
}

/// Whether the path leads to the object. One with some of the keys does, where nothing else fits.
bool leads_to(const ObjectPath& path, const ObjectPath& object) {
    return same_text(path.class_name, object.class_name) &&
           std::all_of(path.keys.begin(), path.keys.end(),
                       [&](const auto& key) { return same_text(key.second, key_of(object, key.first)); });
}

/// The VM that the path leads to by itself or by something of it, or nullptr.
const ModelVm* vm_behind(const ModelWorld& world, const View& view, const ObjectPath& path) {
    if (same_text(path.class_name, "MSCluster_Resource")) {
        return view.cluster == nullptr ? nullptr : world.find_resource(*view.cluster, key_of(path, "Name"));
    }
    if (same_text(path.class_name, "Msvm_ComputerSystem")) {
        return world.find(view, key_of(path, "Name"));
    }
    const std::string id = key_of(path, "InstanceID");
    if (same_text(path.class_name, "Msvm_ConcreteJob")) {
        const auto* vm = world.vm_of_job(id);
        return vm == nullptr ? nullptr : world.find(view, vm->row.id);
    }
    constexpr std::string_view vm_prefix = "Microsoft:";
    return id.starts_with(vm_prefix) ? world.find(view, id.substr(vm_prefix.size())) : nullptr;
}

/// A view that shows this VM alone.
template <typename Use>
void with_one_vm(const View& view, const ModelVm& vm, const Use& use) {
    const VmGroup alone{{vm.index}, {{vm.row.id, vm.index}}};
    use(View{view.host, view.space, view.cluster, alone});
}

/// The VM whose identifier the query asks for, or nullptr where it asks for none or for one that is not
/// there.
const ModelVm* vm_asked_for(const ModelWorld& world, const View& view, const cim::Query& query) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> identifiers{
        {{"Msvm_SummaryInformation", "Name"}, {"Msvm_VirtualSystemSettingData", "VirtualSystemIdentifier"}}};
    for (const auto& [name, value] : query.filters) {
        const auto* id = std::get_if<std::string>(&value);
        const bool is_identifier =
            std::any_of(identifiers.begin(), identifiers.end(), [&](const auto& known) {
                return same_text(known.first, query.class_name) && same_text(known.second, name);
            });
        if (id != nullptr && is_identifier) {
            return world.find(view, *id);
        }
    }
    return nullptr;
}

}  // namespace

bool has_class(const View& view, std::string_view class_name) {
    return find_class(view, class_name) != nullptr;
}

void visit_instances(const ModelWorld& world, const View& view, std::string_view class_name,
                     const Visitor& visitor) {
    const auto* known = find_class(view, class_name);
    if (known != nullptr) {
        known->visit(world, view, visitor);
    }
}

void visit_candidates(const ModelWorld& world, const View& view, const cim::Query& query,
                      const Visitor& visitor) {
    const auto* const vm = vm_asked_for(world, view, query);
    if (vm == nullptr) {
        visit_instances(world, view, query.class_name, visitor);
        return;
    }
    with_one_vm(view, *vm,
                [&](const View& narrow) { visit_instances(world, narrow, query.class_name, visitor); });
}

void visit_instance(const ModelWorld& world, const View& view, const ObjectPath& path,
                    const Visitor& visitor) {
    bool is_found = false;
    const auto take_match = [&](const CimObject& object) {
        if (!is_found && leads_to(path, object.path)) {
            is_found = true;
            visitor(object);
        }
    };
    if (const auto* vm = vm_behind(world, view, path)) {
        with_one_vm(view, *vm,
                    [&](const View& narrow) { visit_instances(world, narrow, path.class_name, take_match); });
    }
    if (!is_found && same_text(path.class_name, "Msvm_VirtualSystemSettingData")) {
        visit_all(definition_objects(view.host), take_match);
    }
    if (!is_found && !same_text(path.class_name, "Msvm_ConcreteJob")) {
        visit_instances(world, view, path.class_name, take_match);
    }
}

void visit_references(const ModelWorld& world, const View& view, const ObjectPath& object,
                      std::string_view association_class, const Visitor& visitor) {
    const auto take_match = [&](const CimObject& association) {
        for (const auto* end : {"ManagedElement", "Capabilities", "GroupComponent", "PartComponent",
                                "AffectedElement", "AffectingElement"}) {
            const auto value = association.property(end);
            const auto* path = value ? std::get_if<ObjectPath>(&*value) : nullptr;
            if (path != nullptr && leads_to(object, *path)) {
                visitor(association);
                return;
            }
        }
    };
    const auto* vm = vm_behind(world, view, object);
    if (vm == nullptr) {
        visit_instances(world, view, association_class, take_match);
        return;
    }
    with_one_vm(view, *vm,
                [&](const View& narrow) { visit_instances(world, narrow, association_class, take_match); });
}

}  // namespace upshift::simulation
