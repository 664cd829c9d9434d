// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "described.hpp"

// Calls of a described host's model, as a client of CIM makes them.
namespace upshift::test {

inline simulation::Place hyper_v_of(const std::string& host) {
    return {host, simulation::CimNamespace::virtualization};
}

inline cim::ObjectPath system_of(const simulation::DescribedVm& vm) {
    return {"Msvm_ComputerSystem", {{"CreationClassName", "Msvm_ComputerSystem"}, {"Name", vm.id}}};
}

inline cim::ObjectPath settings_of(const simulation::DescribedVm& vm) {
    return {"Msvm_VirtualSystemSettingData", {{"InstanceID", "Microsoft:" + vm.id}}};
}

/// The first instance of that class, which there must be.
inline cim::ObjectPath only_one(World& world, const simulation::Place& place, const std::string& class_name) {
    return world.model->query(place, {class_name, {"Name"}, {}}).at(0).path;
}

inline cim::MethodResult upgrade_vm(World& world, const simulation::DescribedVm& vm,
                                    const simulation::Place& place = hyper_v_of("hv1")) {
    return world.model->invoke(place, only_one(world, place, "Msvm_VirtualSystemManagementService"),
                               "UpgradeSystemVersion",
                               {{"ComputerSystem", system_of(vm)}, {"UpgradeSettingData", std::string()}});
}

inline cim::MethodResult request_state(World& world, const simulation::DescribedVm& vm, std::int64_t state,
                                       const simulation::Place& place = hyper_v_of("hv1")) {
    return world.model->invoke(place, system_of(vm), "RequestStateChange", {{"RequestedState", state}});
}

inline std::string version_of(World& world, const simulation::DescribedVm& vm,
                              const simulation::Place& place = hyper_v_of("hv1")) {
    return world.model->get(place, settings_of(vm), {"Version"})->text("Version");
}

/// The code of the fault that the call ends in; 0 where it ends in none.
inline std::uint32_t fault_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const simulation::CimFault& fault) {
        return fault.code();
    }
    return 0;
}

}  // namespace upshift::test
