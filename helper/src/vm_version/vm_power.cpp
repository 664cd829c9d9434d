// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_power.hpp"

#include <algorithm>

#include "cim/job.hpp"
#include "cim/method_codes.hpp"

namespace upshift {

namespace {

// A run that is told to stop answers within ten seconds.
constexpr std::chrono::seconds stop_grace{7};
// A virtual machine is not left half way because its time is up: changes of power are quick.
constexpr std::chrono::seconds least_time{30};

bool is_reached(PowerRequest power, VmState state) {
    if (power == PowerRequest::off) {
        return state == VmState::off;
    }
    return state == VmState::running || state == VmState::starting;
}

bool is_accepted(std::uint32_t code) {
    // Invalid state is also what a virtual machine answers that is there already: its state decides.
    return code == cim::method_completed || code == cim::method_job_started ||
           code == cim::method_invalid_state;
}

/// What went wrong, as far as the calls tell. The state has the last word.
std::optional<ErrorDetail> await_change(VmRun& run, const cim::MethodResult& result, const char* attempted) {
    if (result.return_value == cim::method_invalid_state) {
        return cim::method_error(result.return_value, "RequestStateChange", attempted, run.vm.name);
    }
    const auto job = result.reference("Job");
    if (!job) {
        return std::nullopt;
    }
    const auto deadline = std::max(run.deadline, run.context.clock.now() + least_time);
    const auto ended = run.await_job(*job, deadline, stop_grace);
    switch (ended.end) {
        case cim::JobEnd::failed:
        case cim::JobEnd::unknown_state:
            return cim::job_error(ended, "RequestStateChange", attempted, run.vm.name);
        case cim::JobEnd::timed_out:
        case cim::JobEnd::stopped:
            return ErrorDetail{.kind = ErrorKind::timeout,
                               .attempted = attempted,
                               .object = run.vm.name,
                               .found = "its job is still under way",
                               .hint = "The job goes on. Run this again later."};
        default:
            return std::nullopt;
    }
}

/// The state may follow the job's end by a moment.
bool settles(VmRun& run, PowerRequest power) {
    const auto& clock = run.context.clock;
    const auto moment = Patience{run.context.clock, clock.now() + std::chrono::seconds(2), {}};
    return wait_until_true(moment, [&] { return is_reached(power, run.read_state()); }) == WaitEnd::over;
}

}  // namespace

StepEnd change_power(VmRun& run, PowerRequest power, const char* attempted) {
    std::optional<ErrorDetail> trouble;
    try {
        const auto result = run.calls().request(power);
        if (result.return_value == cim::method_in_use) {
            return run.give_way(
                cim::method_error(result.return_value, "RequestStateChange", attempted, run.vm.name));
        }
        if (!is_accepted(result.return_value)) {
            run.fail(cim::method_error(result.return_value, "RequestStateChange", attempted, run.vm.name));
            return StepEnd::failed;
        }
        trouble = await_change(run, result, attempted);
    } catch (const OperationError& error) {
        trouble = error.detail();
    }
    if (settles(run, power)) {
        return StepEnd::done;
    }
    const std::string missed = power == PowerRequest::off ? "off" : "running";
    run.fail(trouble.value_or(
        ErrorDetail{.kind = ErrorKind::failed,
                    .attempted = attempted,
                    .object = run.vm.name,
                    .found = "Hyper-V accepted it, but the virtual machine is not " + missed,
                    .hint = power == PowerRequest::off ? "Turn it off by hand." : "Start it by hand."}));
    return StepEnd::failed;
}

StepEnd start_again(VmRun& run) {
    run.progress.step("starting again");
    const auto end = change_power(run, PowerRequest::running, attempts::starting);
    run.started_again = end == StepEnd::done;
    return end;
}

}  // namespace upshift
