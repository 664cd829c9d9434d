// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "simulation/cim_model.hpp"
#include "simulation/wbem_codes.hpp"

// The methods and jobs of the CIM model.
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

template <typename T>
const T* find_as(const NamedValues& values, std::string_view name) {
    const Value* value = find(values, name);
    return value == nullptr ? nullptr : std::get_if<T>(value);
}

/// The version that UpgradeSettingData asks for: the host's default for an empty text, otherwise
/// TargetVersion of the embedded setting. Nothing for what the host refuses as a parameter, NULL among it.
std::optional<ConfigurationVersion> asked_version(const DescribedHost& host, const NamedValues& parameters) {
    const auto* text = find_as<std::string>(parameters, "UpgradeSettingData");
    if (text != nullptr) {
        return text->empty() ? host.default_version : std::nullopt;
    }
    const auto* settings = find_as<cim::EmbeddedInstance>(parameters, "UpgradeSettingData");
    if (settings == nullptr || !host.upgrade_settings_class || settings->properties.size() != 1 ||
        settings->class_name != "Msvm_VirtualSystemUpgradeSettingData" ||
        settings->properties.front().first != "TargetVersion") {
        return std::nullopt;
    }
    const auto version = parse_configuration_version(settings->properties.front().second);
    const auto& supported = host.supported_versions;
    const bool is_supported =
        version && std::find(supported.begin(), supported.end(), *version) != supported.end();
    return is_supported ? version : std::nullopt;
}

/// JobState of Msvm_ConcreteJob: completed, terminated, killed, exception, completed with warnings. A
/// described job may also end in none of these: then it hangs there.
bool is_final(std::int64_t job_state) {
    return (job_state >= 7 && job_state <= 10) || job_state == 32768;
}

Clock::TimePoint after(Clock::TimePoint now, std::chrono::duration<double> time) {
    return now + std::chrono::duration_cast<Clock::TimePoint::duration>(time);
}

}  // namespace

MethodResult CimModel::invoke(const std::string& host_name, const ObjectPath& object,
                              const std::string& method, const NamedValues& parameters) {
    std::unique_lock lock(mutex_);
    settle();
    const auto& host = host_named(host_name);
    if (host.row.access == Access::denied || !store_) {
        throw CimFault(wbem_e_access_denied);
    }
    auto result = dispatch(host, object, method, parameters);
    settle();
    const auto change = changes_;
    lock.unlock();
    commit(change);
    return result;
}

MethodResult CimModel::dispatch(const ModelHost& host, const ObjectPath& object, const std::string& method,
                                const NamedValues& parameters) {
    const auto calls = [&](std::string_view class_name, std::string_view name) {
        return same_text(object.class_name, class_name) && same_text(method, name);
    };
    const auto vm_under = [&](std::string_view key) -> ModelVm& {
        ModelVm* vm = vm_with_id(host, key_of(object, key));
        if (vm == nullptr) {
            throw CimFault(wbem_e_not_found);
        }
        return *vm;
    };
    if (calls("Msvm_VirtualSystemManagementService", "UpgradeSystemVersion")) {
        return upgrade_system_version(host, parameters);
    }
    if (calls("Msvm_ComputerSystem", "RequestStateChange")) {
        return request_state_change(vm_under("Name"), parameters);
    }
    if (calls("Msvm_ShutdownComponent", "InitiateShutdown")) {
        return initiate_shutdown(vm_under("SystemName"), parameters);
    }
    throw CimFault(wbem_e_invalid_method);
}

MethodResult CimModel::upgrade_system_version(const ModelHost& host, const NamedValues& parameters) {
    const auto* system = find_as<ObjectPath>(parameters, "ComputerSystem");
    if (system == nullptr) {
        throw CimFault(wbem_e_invalid_parameter);
    }
    ModelVm* vm = vm_with_id(host, key_of(*system, "Name"));
    if (vm == nullptr) {
        throw CimFault(wbem_e_not_found);
    }
    ++vm->row.upgrade_calls;
    mark_changed(*vm);
    if (!vm->running_job.empty()) {
        return returning(in_use);
    }
    if (vm->row.state != "off" || !vm->row.saved_checkpoints.empty()) {
        return returning(invalid_state);
    }
    const auto target = asked_version(host.row, parameters);
    if (!target) {
        return returning(invalid_parameter);
    }
    const auto current = parse_configuration_version(vm->row.version);
    // Upgrading a VM that is there already is accepted and does nothing; there is no way back.
    const std::string new_version = current && *current >= *target ? vm->row.version : to_string(*target);
    const auto& behaviour = vm->row.upgrade;
    if (behaviour.return_value == completed) {
        vm->row.version = new_version;
    }
    if (behaviour.return_value != job_started) {
        return returning(behaviour.return_value);
    }
    ModelJob job;
    job.title = "Upgrading Virtual Machine";
    job.new_version = new_version;
    job.due = after(clock_.now(), behaviour.seconds);
    job.polls_left = behaviour.polls;
    job.end_state = behaviour.job_state;
    job.error_code = behaviour.error_code;
    job.error_description = behaviour.error_description;
    return start_job(*vm, std::move(job));
}

MethodResult CimModel::request_state_change(ModelVm& vm, const NamedValues& parameters) {
    const auto* requested = find_as<std::int64_t>(parameters, "RequestedState");
    if (requested == nullptr) {
        throw CimFault(wbem_e_invalid_parameter);
    }
    if (*requested != requested_running && *requested != requested_off) {
        return returning(not_supported);
    }
    const std::string state = *requested == requested_running ? "running" : "off";
    if (!vm.running_job.empty() || vm.row.state == state) {
        return returning(invalid_state);
    }
    ModelJob job;
    job.title = state == "off" ? "Turning Off Virtual Machine" : "Starting Virtual Machine";
    job.new_state = state;
    job.due = clock_.now();
    return start_job(vm, std::move(job));
}

MethodResult CimModel::initiate_shutdown(ModelVm& vm, const NamedValues& parameters) {
    if (!has_shutdown_component(vm)) {
        throw CimFault(wbem_e_not_found);
    }
    const auto* force = find_as<bool>(parameters, "Force");
    const auto* reason = find_as<std::string>(parameters, "Reason");
    if (force == nullptr || reason == nullptr) {
        throw CimFault(wbem_e_invalid_parameter);
    }
    const auto& behaviour = vm.row.shutdown;
    if (vm.row.heartbeat == "lost_communication") {
        return returning(guest_not_ready);
    }
    if (vm.goes_off_at) {
        return returning(shutdown_in_progress);
    }
    const bool unlocked_by_force = behaviour.return_value == guest_locked && *force;
    if (behaviour.return_value != completed && !unlocked_by_force) {
        return returning(behaviour.return_value);
    }
    if (!behaviour.ignored) {
        vm.goes_off_at = after(clock_.now(), behaviour.seconds);
        shutting_down_.push_back(vm.index);
    }
    return returning(completed);
}

MethodResult CimModel::start_job(ModelVm& vm, ModelJob job) {
    job.id = derived_guid(vm.row.id, "job", jobs_.size());
    job.vm = vm.index;
    job.begun = clock_.now();
    job.polls = job.polls_left.value_or(0);
    vm.running_job = job.id;
    running_jobs_.push_back(job.id);
    const ObjectPath path{"Msvm_ConcreteJob", {{"InstanceID", job.id}}};
    jobs_.emplace(job.id, std::move(job));
    return {job_started, {{"Job", path}}};
}

void CimModel::settle() {
    const auto now = clock_.now();
    std::erase_if(shutting_down_, [&](std::size_t i) {
        ModelVm& vm = vms_[i];
        if (*vm.goes_off_at > now) {
            return false;
        }
        vm.goes_off_at.reset();
        set_state(vm, "off");
        return true;
    });
    std::erase_if(running_jobs_, [&](const std::string& id) {
        ModelJob& job = jobs_.at(id);
        const bool due = job.polls_left ? *job.polls_left == 0 : job.due <= now;
        if (due) {
            finish(job);
        } else if (job.polls_left) {
            job.percent = 100 * (job.polls - *job.polls_left) / job.polls;
        } else {
            job.percent =
                static_cast<std::int64_t>(100 * (now - job.begun).count() / (job.due - job.begun).count());
        }
        return due;
    });
}

void CimModel::finish(ModelJob& job) {
    constexpr std::int64_t well = 7;
    constexpr std::int64_t with_warnings = 32768;
    ModelVm& vm = vms_[job.vm];
    job.ended = true;
    if (is_final(job.end_state)) {
        vm.running_job.clear();
    }
    const bool took_effect = (job.end_state == well && job.error_code == 0) || job.end_state == with_warnings;
    if (!took_effect) {
        return;
    }
    job.percent = 100;
    if (!job.new_state.empty()) {
        set_state(vm, job.new_state);
    }
    if (!job.new_version.empty() && vm.row.version != job.new_version) {
        vm.row.version = job.new_version;
        mark_changed(vm);
    }
}

void CimModel::set_state(ModelVm& vm, const std::string& state) {
    vm.row.state = state;
    mark_changed(vm);
}

void CimModel::mark_changed(ModelVm& vm) {
    vm.row.changed = true;
    ++changes_;
}

void CimModel::commit(std::uint64_t change) {
    if (stored_changes_ >= change || !store_) {
        return;
    }
    const std::lock_guard committing(commit_mutex_);
    if (stored_changes_ >= change) {
        return;
    }
    std::vector<DescribedVm> changed;
    std::uint64_t up_to = 0;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& vm : vms_) {
            if (vm.row.changed) {
                changed.push_back(vm.row);
            }
        }
        up_to = changes_;
    }
    store_(changed);
    stored_changes_ = up_to;
}

}  // namespace upshift::simulation
