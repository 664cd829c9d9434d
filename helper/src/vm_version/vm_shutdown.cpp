// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_shutdown.hpp"

#include <algorithm>

#include "cim/method_codes.hpp"
#include "cim/wmi_codes.hpp"
#include "vm_version/vm_journal.hpp"
#include "vm_version/vm_power.hpp"

namespace upshift {

namespace {

// A run that is told to stop answers within ten seconds; until then a guest is watched that is going off.
constexpr std::chrono::seconds stop_grace{5};

bool is_accepted(std::uint32_t code) {
    return code == cim::method_completed || code == cim::method_shutdown_in_progress;
}

/// Asks one VM's guest and waits for it. Used once.
class GuestShutdown {
  public:
    explicit GuestShutdown(VmRun& run)
        : run_(run),
          deadline_(std::min(run.deadline, run.context.clock.now() + run.request.shutdown_timeout)) {}

    StepEnd run() {
        const auto asked = ask();
        if (asked == StepEnd::look_again) {
            return asked;
        }
        if (asked == StepEnd::done && wait_for_guest()) {
            return StepEnd::done;
        }
        if (!run_.request.force_off || run_.context.stop.stop_requested()) {
            run_.fail(refusal_);
            return StepEnd::failed;
        }
        return force_off();
    }

  private:
    /// failed has its reason in refusal_.
    StepEnd ask() {
        Poller poller(run_.until(deadline_));
        while (true) {
            const auto code = ask_once();
            if (run_.shutdown_asked) {
                return StepEnd::done;
            }
            if (code) {
                refusal_ =
                    cim::method_error(*code, "InitiateShutdown", attempts::shutting_down, run_.vm.name);
            }
            const bool went_off_by_itself = !code && run_.last_state != VmState::running;
            if (went_off_by_itself || code == cim::method_in_use) {
                return run_.give_way(refusal_);
            }
            if (!code) {
                return StepEnd::failed;
            }
            // A guest that is still starting is not ready yet.
            const auto pause = *code == cim::method_not_ready ? poller.pause() : WaitEnd::timed_out;
            if (pause == WaitEnd::stopped) {
                refusal_ = run_.told_to_stop(attempts::shutting_down,
                                             "the run was told to stop while its guest was not ready");
            }
            if (pause != WaitEnd::over) {
                return StepEnd::failed;
            }
        }
    }

    /// Nothing where no code came back: then the guest may have been asked, or refusal_ says why not.
    std::optional<std::uint32_t> ask_once() {
        try {
            const auto result = run_.calls().ask_guest_to_shut_down();
            run_.shutdown_asked = is_accepted(result.return_value);
            return result.return_value;
        } catch (const OperationError& error) {
            refusal_ = error.detail();
            run_.shutdown_asked = refusal_.kind != ErrorKind::wrong_state && cim::may_have_run(error);
            broke_off_ = run_.shutdown_asked;
            // The component is there only while the virtual machine runs.
            (void)run_.read_state();
            return std::nullopt;
        }
    }

    bool wait_for_guest() {
        const auto is_off = [this] { return run_.read_state() == VmState::off; };
        const auto end = wait_until_true(run_.until(deadline_), is_off);
        const bool went_off =
            end == WaitEnd::over ||
            (end == WaitEnd::stopped && wait_until_true(run_.grace(stop_grace), is_off) == WaitEnd::over);
        if (went_off) {
            run_.went_off = true;
            run_.shutdown_asked = false;
        }
        if (end == WaitEnd::stopped) {
            refusal_ = run_.told_to_stop(attempts::shutting_down,
                                         went_off ? "the run was told to stop before the upgrade was begun"
                                                  : "the run was told to stop while its guest was shutting "
                                                    "down, and it may still go off");
            return false;
        }
        if (!went_off && !broke_off_) {
            refusal_ = not_off_in_time();
        }
        return went_off;
    }

    ErrorDetail not_off_in_time() const {
        const auto limit =
            std::min<std::chrono::seconds>(run_.request.shutdown_timeout, run_.request.timeout);
        return {.kind = ErrorKind::timeout,
                .attempted = attempts::shutting_down,
                .object = run_.vm.name,
                .found = "its guest did not go off within " + in_seconds(limit) + " and was not forced",
                .hint = "It may still go off. Look into the guest, or raise shutdown_timeout."};
    }

    StepEnd force_off() {
        run_.progress.step("turning off hard");
        const auto end = change_power(run_, PowerRequest::off, attempts::turning_off);
        if (run_.last_state == VmState::off) {
            run_.went_off = true;
            run_.forced_off = true;
            run_.shutdown_asked = false;
        }
        return end;
    }

    VmRun& run_;
    Clock::TimePoint deadline_;
    ErrorDetail refusal_;     ///< why the guest did not go off
    bool broke_off_ = false;  ///< nobody knows whether the guest was asked
};

}  // namespace

StepEnd shut_down(VmRun& run) {
    if (run.context.stop.stop_requested()) {
        run.fail(
            run.told_to_stop(attempts::shutting_down, "the run was told to stop before it was shut down"));
        return StepEnd::failed;
    }
    if (run.request.restart) {
        note_down(run, "shutting down", true);
    }
    run.progress.step("shutting down");
    return GuestShutdown(run).run();
}

}  // namespace upshift
