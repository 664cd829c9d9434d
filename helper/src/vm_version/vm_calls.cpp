// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_calls.hpp"

namespace upshift {

using cim::ObjectPath;

namespace {

ObjectPath system_path(const ObservedVm& vm) {
    return {"Msvm_ComputerSystem", {{"CreationClassName", "Msvm_ComputerSystem"}, {"Name", vm.id}}};
}

ObjectPath settings_path(const ObservedVm& vm) {
    return {"Msvm_VirtualSystemSettingData", {{"InstanceID", "Microsoft:" + vm.id}}};
}

/// What UpgradeSettingData holds: an empty text, never NULL, stands for the host's default, as Microsoft's
/// own client sends it.
cim::Value upgrade_settings(const std::optional<ConfigurationVersion>& chosen) {
    if (!chosen) {
        return std::string();
    }
    return cim::EmbeddedInstance{"Msvm_VirtualSystemUpgradeSettingData",
                                 {{"TargetVersion", to_string(*chosen)}}};
}

}  // namespace

cim::Instance VmCalls::read(const ObjectPath& path, const std::string& column) const {
    auto instance = session().get(path, {column});
    if (!instance) {
        throw OperationError({.kind = ErrorKind::not_found,
                              .attempted = "read the virtual machine",
                              .object = vm_.name,
                              .found = "host \"" + host_.name + "\" no longer has it",
                              .hint = "Look whether it was moved or deleted."});
    }
    return std::move(*instance);
}

VmState VmCalls::state() const {
    return vm_state_of(read(system_path(vm_), "EnabledState").number("EnabledState").value_or(0));
}

std::string VmCalls::version() const {
    return read(settings_path(vm_), "Version").text("Version");
}

cim::MethodResult VmCalls::ask_guest_to_shut_down() const {
    const auto components =
        session().query({"Msvm_ShutdownComponent", {"SystemName"}, {{"SystemName", vm_.id}}});
    if (components.empty()) {
        throw OperationError({.kind = ErrorKind::wrong_state,
                              .attempted = "shut down the virtual machine",
                              .object = vm_.name,
                              .found = "its guest cannot be asked: the shutdown service is not there",
                              .needed = "a guest with running integration services",
                              .hint = "Enable the service, or shut it down by hand."});
    }
    return session().invoke(components.front().path, "InitiateShutdown",
                            {{"Force", false}, {"Reason", "Upshift: upgrade of the configuration version"}});
}

cim::MethodResult VmCalls::upgrade(const std::optional<ConfigurationVersion>& chosen) const {
    return session().invoke(
        host_.service, "UpgradeSystemVersion",
        {{"ComputerSystem", system_path(vm_)}, {"UpgradeSettingData", upgrade_settings(chosen)}});
}

cim::MethodResult VmCalls::start() const {
    constexpr std::int64_t running = 2;
    return session().invoke(system_path(vm_), "RequestStateChange", {{"RequestedState", running}});
}

}  // namespace upshift
