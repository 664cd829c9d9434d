// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_calls.hpp"

#include "cim/job.hpp"

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

bool VmCalls::holds_saved_state(const SavedCheckpoint& checkpoint) const {
    const auto settings = session().get(checkpoint.settings, {"IsSaved"});
    const auto* value = settings ? settings->find("IsSaved") : nullptr;
    const auto* is_saved = value == nullptr ? nullptr : std::get_if<bool>(value);
    return is_saved != nullptr && *is_saved;
}

std::vector<ObjectPath> VmCalls::jobs_under_way() const {
    std::vector<ObjectPath> jobs;
    try {
        for (const auto& link :
             session().references(system_path(vm_), "Msvm_AffectedJobElement", {"AffectingElement"})) {
            const auto* value = link.find("AffectingElement");
            const auto* job = value == nullptr ? nullptr : std::get_if<ObjectPath>(value);
            if (job != nullptr && cim::is_under_way(session(), *job)) {
                jobs.push_back(*job);
            }
        }
    } catch (const OperationError& error) {
        if (error.detail().kind != ErrorKind::not_supported) {
            throw;
        }
    }
    return jobs;
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

cim::MethodResult VmCalls::upgrade_through(cim::CimSession& session, const ObjectPath& service,
                                           const std::optional<ConfigurationVersion>& chosen) const {
    return session.invoke(
        service, "UpgradeSystemVersion",
        {{"ComputerSystem", system_path(vm_)}, {"UpgradeSettingData", upgrade_settings(chosen)}});
}

cim::MethodResult VmCalls::clear_saved_state(const SavedCheckpoint& checkpoint) const {
    const auto services = session().query({"Msvm_VirtualSystemSnapshotService", {"Name"}, {}});
    if (services.empty()) {
        throw OperationError({.kind = ErrorKind::not_supported,
                              .attempted = "discard the saved state of a checkpoint of",
                              .object = vm_.name,
                              .found = "host \"" + host_.name + "\" shows no service for checkpoints"});
    }
    return session().invoke(services.front().path, "ClearSnapshotState",
                            {{"SnapshotSettingData", checkpoint.settings}});
}

cim::MethodResult VmCalls::request(PowerRequest power) const {
    return session().invoke(system_path(vm_), "RequestStateChange",
                            {{"RequestedState", static_cast<std::int64_t>(power)}});
}

}  // namespace upshift
