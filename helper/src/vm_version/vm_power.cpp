// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_power.hpp"

#include <algorithm>

#include "cim/job.hpp"
#include "cim/method_codes.hpp"
#include "cim/wmi_codes.hpp"

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

/// One change of power, asked for as often as it takes. Used once.
class PowerChange {
  public:
    PowerChange(VmRun& run, PowerRequest power, const char* attempted)
        : run_(run), power_(power), attempted_(attempted) {}

    StepEnd make() {
        // Only a start is asked for again: what ran has to run again.
        const int tries = power_ == PowerRequest::running ? 4 : 1;
        auto end = try_once();
        for (int i = 1; i < tries && !end && !run_.context.stop.stop_requested(); ++i) {
            const auto pause = run_.context.clock.now() + std::chrono::seconds(i);
            run_.context.clock.wait_until(pause, run_.context.stop);
            end = try_once();
        }
        if (!end) {
            run_.fail(trouble_.value_or(not_reached()));
        }
        return end.value_or(StepEnd::failed);
    }

  private:
    /// Nothing where the wanted state was not reached, and it may be asked for again.
    std::optional<StepEnd> try_once() {
        bool passes = false;
        try {
            const auto result = run_.calls().request(power_);
            const auto code = result.return_value;
            if (code == cim::method_in_use) {
                return run_.give_way(error_of(code));
            }
            if (!is_accepted(code)) {
                run_.fail(error_of(code));
                return StepEnd::failed;
            }
            trouble_ = await_change(run_, result, attempted_);
        } catch (const OperationError& error) {
            trouble_ = error.detail();
            passes = is_passing(error) && no_job_is_left();
        }
        if (settles(run_, power_)) {
            return StepEnd::done;
        }
        if (!passes) {
            run_.fail(trouble_.value_or(not_reached()));
            return StepEnd::failed;
        }
        return std::nullopt;
    }

    static bool is_passing(const OperationError& error) {
        const auto* const known = dynamic_cast<const cim::CimError*>(&error);
        return known != nullptr && known->passing();
    }

    /// A call that broke off may have begun a job, which is waited for. False where nobody can tell.
    bool no_job_is_left() {
        try {
            const auto deadline = std::max(run_.deadline, run_.context.clock.now() + least_time);
            for (const auto& job : run_.calls().jobs_under_way()) {
                (void)run_.await_job(job, deadline, stop_grace);
            }
            return run_.calls().jobs_under_way().empty();
        } catch (const OperationError&) {
            return false;
        }
    }

    ErrorDetail error_of(std::uint32_t code) const {
        return cim::method_error(code, "RequestStateChange", attempted_, run_.vm.name);
    }

    ErrorDetail not_reached() const {
        const bool is_start = power_ == PowerRequest::running;
        return {.kind = ErrorKind::failed,
                .attempted = attempted_,
                .object = run_.vm.name,
                .found = std::string("Hyper-V accepted it, but the virtual machine is not ") +
                         (is_start ? "running" : "off"),
                .hint = is_start ? "Start it by hand." : "Turn it off by hand."};
    }

    VmRun& run_;
    PowerRequest power_;
    const char* attempted_;
    std::optional<ErrorDetail> trouble_;
};

}  // namespace

StepEnd change_power(VmRun& run, PowerRequest power, const char* attempted) {
    return PowerChange(run, power, attempted).make();
}

StepEnd start_again(VmRun& run) {
    run.progress.step("starting again");
    const auto end = change_power(run, PowerRequest::running, attempts::starting);
    run.started_again = end == StepEnd::done;
    return end;
}

}  // namespace upshift
