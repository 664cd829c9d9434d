// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/model_methods.hpp"

#include <algorithm>
#include <array>

#include "simulation/asked_version.hpp"
#include "simulation/job_errors.hpp"
#include "simulation/model_classes.hpp"
#include "simulation/model_objects.hpp"
#include "simulation/wbem_codes.hpp"

namespace upshift::simulation {

using cim::MethodResult;
using cim::NamedValues;
using cim::ObjectPath;
using cim::Value;

namespace {

// Return values of the Msvm_* methods ("UpgradeSystemVersion", "RequestStateChange", "InitiateShutdown").
constexpr std::uint32_t completed = 0;
constexpr std::uint32_t job_started = 4096;
constexpr std::uint32_t not_supported = 32770;
constexpr std::uint32_t invalid_parameter = 32773;
constexpr std::uint32_t in_use = 32774;
constexpr std::uint32_t invalid_state = 32775;
constexpr std::uint32_t guest_not_ready = 32780;
constexpr std::uint32_t guest_locked = 32781;
constexpr std::uint32_t shutdown_in_progress = 32782;

constexpr std::int64_t requested_running = 2;
constexpr std::int64_t requested_off = 3;

MethodResult returning(std::uint32_t value) {
    return {value, {}};
}

const Value* find(const NamedValues& values, std::string_view name) {
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return same_text(value.first, name); });
    return found == values.end() ? nullptr : &found->second;
}

/// The parameter, which the method's signature requires.
template <typename T>
const T& required(const NamedValues& values, std::string_view name) {
    const auto* value = find(values, name);
    const auto* wanted = value == nullptr ? nullptr : std::get_if<T>(value);
    if (wanted == nullptr) {
        throw CimFault(wbem_e_invalid_parameter);
    }
    return *wanted;
}

/// One call, in one view.
class Methods {
  public:
    Methods(ModelWorld& world, ModelTime& time, const View& view, const NamedValues& parameters)
        : world_(world), time_(time), view_(view), parameters_(parameters) {}

    MethodResult upgrade_system_version();
    MethodResult request_state_change(ModelVm& vm);
    MethodResult initiate_shutdown(ModelVm& vm);
    MethodResult clear_snapshot_state();
    MethodResult get_error_ex(const std::string& job_id);
    MethodResult format_error();

    /// The VM a method is called on. One that is described to move is gone by then.
    ModelVm& vm_with_id(const std::string& id);
    /// Notes that the host accepted the call.
    MethodResult accept(ModelVm& vm, const char* method);
    MethodResult accept(ModelVm& vm, const char* method, VmJob job, std::chrono::duration<double> seconds);

  private:
    MethodResult upgrade(ModelVm& vm);
    VmJob upgrade_job(const ModelVm& vm, const std::string& new_version) const;

    ModelWorld& world_;
    ModelTime& time_;
    const View& view_;
    const NamedValues& parameters_;
};

ModelVm& Methods::vm_with_id(const std::string& id) {
    ModelVm* vm = world_.find(view_, id);
    if (vm == nullptr) {
        throw CimFault(wbem_e_not_found);
    }
    const auto& moves_to = vm->row.upgrade.moves_to;
    if (!moves_to.empty() && vm->row.history.moved_to.empty()) {
        world_.move(*vm, moves_to);
        time_.mark_changed(*vm);
        throw CimFault(wbem_e_not_found);
    }
    return *vm;
}

MethodResult Methods::accept(ModelVm& vm, const char* method) {
    ++vm.row.history.calls[method];
    time_.mark_changed(vm);
    return returning(completed);
}

MethodResult Methods::accept(ModelVm& vm, const char* method, VmJob job,
                             std::chrono::duration<double> seconds) {
    (void)accept(vm, method);
    const auto id = time_.begin_job(vm, std::move(job), seconds);
    return {job_started, {{"Job", path_by_instance_id("Msvm_ConcreteJob", id)}}};
}

MethodResult Methods::upgrade_system_version() {
    if (view_.host.row.is_old()) {
        throw CimFault(wbem_e_invalid_method);
    }
    ModelVm& vm = vm_with_id(key_of(required<ObjectPath>(parameters_, "ComputerSystem"), "Name"));
    const auto known_in = vm.row.upgrade.known_in;
    const bool is_cluster = view_.space == CimNamespace::cluster_virtualization;
    if (known_in == (is_cluster ? UpgradedIn::virtualization : UpgradedIn::cluster)) {
        throw CimFault(wbem_e_not_found);
    }
    ++vm.row.upgrade_calls;
    time_.mark_changed(vm);
    return upgrade(vm);
}

MethodResult Methods::upgrade(ModelVm& vm) {
    if (is_in_use(vm)) {
        return returning(in_use);
    }
    if (vm.row.state != "off" || !vm.row.saved_checkpoints.empty()) {
        return returning(invalid_state);
    }
    // A node that cannot be connected to tells nothing of itself: then the one that was asked counts.
    const auto& owner = world_.host_of(vm);
    const auto& host = owner.reachable ? owner.row : view_.host.row;
    const bool takes_settings = has_class(view_, "Msvm_VirtualSystemUpgradeSettingData");
    const auto* settings = find(parameters_, "UpgradeSettingData");
    const auto target = settings == nullptr ? std::nullopt : asked_version(host, takes_settings, *settings);
    if (!target) {
        return returning(invalid_parameter);
    }
    const auto current = parse_configuration_version(vm.row.version);
    // Upgrading a VM that is there already is accepted and does nothing; there is no way back.
    const std::string new_version = current && *current >= *target ? vm.row.version : to_string(*target);
    const auto& behaviour = vm.row.upgrade;
    if (behaviour.return_value == job_started) {
        return accept(vm, "UpgradeSystemVersion", upgrade_job(vm, new_version), behaviour.seconds);
    }
    if (behaviour.return_value == completed) {
        vm.row.version = new_version;
        return accept(vm, "UpgradeSystemVersion");
    }
    return returning(behaviour.return_value);
}

VmJob Methods::upgrade_job(const ModelVm& vm, const std::string& new_version) const {
    const auto& behaviour = vm.row.upgrade;
    VmJob job;
    job.title = "Upgrading Virtual Machine";
    job.new_version = new_version;
    job.polls = behaviour.polls.value_or(0);
    job.end_state = behaviour.job_state;
    job.error_code = behaviour.error_code;
    job.error_description = behaviour.error_description;
    job.errors = behaviour.errors;
    job.vanishes = behaviour.vanishes;
    return job;
}

MethodResult Methods::request_state_change(ModelVm& vm) {
    const auto requested = required<std::int64_t>(parameters_, "RequestedState");
    if (requested != requested_running && requested != requested_off) {
        return returning(not_supported);
    }
    if (is_in_use(vm)) {
        return returning(in_use);
    }
    const auto& state = vm.row.state;
    const bool can_start = state == "off" || state == "saved" || state == "paused";
    const bool can_go_off = state == "running" || state == "saved" || state == "paused";
    if (!(requested == requested_running ? can_start : can_go_off)) {
        return returning(invalid_state);
    }
    VmJob job;
    job.title = requested == requested_off ? "Turning Off Virtual Machine" : "Starting Virtual Machine";
    job.new_state = requested == requested_off ? "off" : "running";
    return accept(vm, "RequestStateChange", std::move(job), {});
}

MethodResult Methods::initiate_shutdown(ModelVm& vm) {
    if (!has_shutdown_component(vm)) {
        throw CimFault(wbem_e_not_found);
    }
    const bool force = required<bool>(parameters_, "Force");
    (void)required<std::string>(parameters_, "Reason");
    const auto& behaviour = vm.row.shutdown;
    if (is_in_use(vm)) {
        return returning(in_use);
    }
    if (vm.row.heartbeat == "lost_communication") {
        return returning(guest_not_ready);
    }
    if (vm.row.history.goes_off_at) {
        return returning(shutdown_in_progress);
    }
    const bool unlocked_by_force = behaviour.return_value == guest_locked && force;
    if (behaviour.return_value != completed && !unlocked_by_force) {
        return returning(behaviour.return_value);
    }
    if (!behaviour.ignored) {
        time_.shut_down(vm, behaviour.seconds);
    }
    return accept(vm, "InitiateShutdown");
}

MethodResult Methods::clear_snapshot_state() {
    const auto& settings = required<ObjectPath>(parameters_, "SnapshotSettingData");
    std::string vm_id;
    visit_instance(world_, view_, settings, [&](const CimObject& object) {
        const auto is_saved = object.property("IsSaved");
        const auto type = object.property("VirtualSystemType");
        const auto id = object.property("VirtualSystemIdentifier");
        if (is_saved == Value(true) && type == Value("Microsoft:Hyper-V:Snapshot:Realized") && id) {
            vm_id = std::get<std::string>(*id);
        }
    });
    if (vm_id.empty()) {
        throw CimFault(wbem_e_not_found);
    }
    ModelVm& vm = vm_with_id(vm_id);
    if (is_in_use(vm)) {
        return returning(in_use);
    }
    VmJob job;
    job.title = "Clearing Checkpoint State";
    job.cleared_checkpoint = key_of(settings, "InstanceID");
    return accept(vm, "ClearSnapshotState", std::move(job), {});
}

MethodResult Methods::get_error_ex(const std::string& job_id) {
    const auto* job = world_.find_job(job_id);
    if (job == nullptr) {
        throw CimFault(wbem_e_not_found);
    }
    std::vector<std::string> errors;
    if (job->ended) {
        for (const auto& text : job->errors) {
            errors.push_back(error_instance(text, job->error_code));
        }
    }
    return {completed, {{"Errors", std::move(errors)}}};
}

MethodResult Methods::format_error() {
    const auto text = formatted_errors(required<std::vector<std::string>>(parameters_, "Errors"));
    if (!text) {
        return returning(invalid_parameter);
    }
    return {completed, {{"ErrorMessage", *text}}};
}

}  // namespace

bool is_altering(std::string_view method) {
    return !same_text(method, "GetErrorEx") && !same_text(method, "FormatError");
}

MethodResult call_method(ModelWorld& world, ModelTime& time, const View& view, const ObjectPath& object,
                         const std::string& method, const NamedValues& parameters) {
    Methods methods(world, time, view, parameters);
    const auto calls = [&](std::string_view class_name, std::string_view name) {
        return same_text(object.class_name, class_name) && same_text(method, name);
    };
    if (calls("Msvm_VirtualSystemManagementService", "UpgradeSystemVersion")) {
        return methods.upgrade_system_version();
    }
    if (calls("Msvm_ComputerSystem", "RequestStateChange")) {
        return methods.request_state_change(methods.vm_with_id(key_of(object, "Name")));
    }
    if (calls("Msvm_ShutdownComponent", "InitiateShutdown")) {
        return methods.initiate_shutdown(methods.vm_with_id(key_of(object, "SystemName")));
    }
    if (calls("Msvm_VirtualSystemSnapshotService", "ClearSnapshotState")) {
        return methods.clear_snapshot_state();
    }
    if (calls("Msvm_ConcreteJob", "GetErrorEx")) {
        return methods.get_error_ex(key_of(object, "InstanceID"));
    }
    if (calls("Msvm_VirtualSystemManagementService", "FormatError")) {
        return methods.format_error();
    }
    throw CimFault(wbem_e_invalid_method);
}

}  // namespace upshift::simulation
