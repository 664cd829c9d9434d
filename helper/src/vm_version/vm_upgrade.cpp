// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_upgrade.hpp"

#include <algorithm>

#include "cim/job.hpp"
#include "cim/method_codes.hpp"

namespace upshift {

namespace {

constexpr const char* upgrading = "upgrade the virtual machine";
constexpr const char* shutting_down = "shut down the virtual machine";
constexpr const char* starting = "start the virtual machine again";

// A run that is told to stop answers within ten seconds. Counted from when the stop is seen: until then a
// guest is watched that is going off, and then it is started again.
constexpr std::chrono::seconds guest_grace{5};
constexpr std::chrono::seconds start_grace{7};

void ignore_percent(int /*percent*/) {}

std::string in_seconds(std::chrono::seconds time) {
    return std::to_string(time.count()) + (time.count() == 1 ? " second" : " seconds");
}

}  // namespace

VmUpgrade::VmUpgrade(const VmWork& work, const VmVersionRequest& request, const RunContext& context,
                     const VmProgress& progress)
    : work_(work),
      request_(request),
      context_(context),
      progress_(progress),
      calls_(*work.host, *work.vm),
      wanted_(work.plan.wanted.value_or(ConfigurationVersion{})),
      begun_(context.clock.now()),
      deadline_(begun_ + request.timeout) {}

VmUpgrade::Result VmUpgrade::run(TargetRow planned) {
    progress_.begun();
    if (plans(VmStep::shut_down)) {
        attempt([this] { shut_down(); });
    }
    if (!error_) {
        attempt([this] { upgrade(); });
    }
    // Hyper-V would start it under a running upgrade job, or refuse to: neither is wanted.
    if (went_off_ && plans(VmStep::start) && !job_under_way_ && !job_unknown_) {
        attempt([this] { start_again(); });
    }
    attempt([&] { read_back(planned); });
    tell_outcome(planned);
    planned.duration_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(context_.clock.now() - begun_).count();
    return {std::move(planned), std::move(warnings_)};
}

void VmUpgrade::shut_down() {
    progress_.step("shutting down");
    const auto result = calls_.ask_guest_to_shut_down();
    if (result.return_value != cim::method_completed &&
        result.return_value != cim::method_shutdown_in_progress) {
        fail(cim::method_error(result.return_value, "InitiateShutdown", shutting_down, work_.vm->name));
        return;
    }
    wait_for_guest();
}

void VmUpgrade::wait_for_guest() {
    const auto is_off = [this] { return calls_.state() == VmState::off; };
    const auto guest_deadline = std::min(deadline_, begun_ + request_.shutdown_timeout);
    const auto end = wait_until_true(until(guest_deadline), is_off);
    went_off_ = end == WaitEnd::over;
    if (end == WaitEnd::timed_out) {
        const auto limit = std::min<std::chrono::seconds>(request_.shutdown_timeout, request_.timeout);
        fail({.kind = ErrorKind::timeout,
              .attempted = shutting_down,
              .object = work_.vm->name,
              .found = "its guest did not go off within " + in_seconds(limit) + " and was not forced",
              .hint = "It may still go off. Look into the guest, or raise shutdown_timeout."});
    }
    if (end == WaitEnd::stopped) {
        // The request cannot be taken back, so the guest is watched for as long as there is time.
        went_off_ = wait_until_true(grace(guest_grace), is_off) == WaitEnd::over;
        fail(told_to_stop(shutting_down, went_off_ ? "the run was told to stop before the upgrade was begun"
                                                   : "the run was told to stop while its guest was shutting "
                                                     "down, and it may still go off"));
    }
}

void VmUpgrade::upgrade() {
    if (context_.stop.stop_requested()) {
        fail(told_to_stop(upgrading, "the run was told to stop before the upgrade was begun"));
        return;
    }
    progress_.step("upgrading");
    try {
        const auto chosen = work_.plan.wants_default ? std::nullopt : work_.plan.wanted;
        const auto result = calls_.upgrade(chosen);
        const auto job = result.reference("Job");
        if (result.return_value == cim::method_job_started && job) {
            await_upgrade_job(*job);
        } else if (result.return_value != cim::method_completed &&
                   result.return_value != cim::method_job_started) {
            fail(cim::method_error(result.return_value, "UpgradeSystemVersion", upgrading, work_.vm->name));
        }
    } catch (const OperationError& error) {
        // The method may have run all the same: the version decides.
        fail(error.detail());
    }
    judge_by_version();
}

void VmUpgrade::await_upgrade_job(const cim::ObjectPath& job) {
    job_unknown_ = true;
    const auto result = cim::wait_for_job(calls_.session(), job, until(deadline_),
                                          [this](int percent) { progress_.step("upgrading", percent); });
    job_unknown_ = false;
    job_under_way_ = result.end == cim::JobEnd::timed_out || result.end == cim::JobEnd::stopped;
    switch (result.end) {
        case cim::JobEnd::completed:
        case cim::JobEnd::gone:
            return;
        case cim::JobEnd::completed_with_warnings:
            warnings_.push_back("The upgrade of \"" + work_.vm->name + "\" completed with warnings" +
                                (result.descriptions.empty() ? "." : ": " + joined_descriptions(result)));
            return;
        case cim::JobEnd::failed:
        case cim::JobEnd::unknown_state:
            fail(cim::job_error(result, "UpgradeSystemVersion", upgrading, work_.vm->name));
            return;
        case cim::JobEnd::timed_out:
            fail(
                {.kind = ErrorKind::timeout,
                 .attempted = upgrading,
                 .object = work_.vm->name,
                 .found = "its upgrade job is still under way after " + in_seconds(request_.timeout),
                 .hint = "The job goes on, and the virtual machine is left as it is. Run this again later."});
            return;
        case cim::JobEnd::stopped:
            fail(told_to_stop(upgrading,
                              "the run was told to stop while its upgrade job was under way; the "
                              "job goes on"));
            return;
    }
}

void VmUpgrade::judge_by_version() {
    const std::string text = calls_.version();
    const auto version = parse_configuration_version(text);
    const bool reached = version && *version >= wanted_;
    if (reached && error_ && !job_under_way_) {
        warnings_.push_back("The wanted version was reached all the same: " + sentence(*error_));
        error_.reset();
        job_unknown_ = false;
    }
    if (!reached && !error_) {
        fail({.kind = ErrorKind::failed,
              .attempted = upgrading,
              .object = work_.vm->name,
              .found = "Hyper-V reported success, but it is still at version " + text,
              .needed = "version " + to_string(wanted_),
              .hint = "Look into the Hyper-V-VMMS event log."});
    }
}

void VmUpgrade::start_again() {
    progress_.step("starting again");
    const auto result = calls_.start();
    if (result.return_value != cim::method_completed && result.return_value != cim::method_job_started &&
        result.return_value != cim::method_invalid_state) {
        fail(cim::method_error(result.return_value, "RequestStateChange", starting, work_.vm->name));
        return;
    }
    // Invalid state is also what a virtual machine answers that somebody else has started by now.
    if (const auto job = result.reference("Job")) {
        auto ended = cim::wait_for_job(calls_.session(), *job, until(deadline_), ignore_percent);
        if (ended.end == cim::JobEnd::stopped) {
            ended = cim::wait_for_job(calls_.session(), *job, grace(start_grace), ignore_percent);
        }
        if (ended.end == cim::JobEnd::failed || ended.end == cim::JobEnd::unknown_state) {
            fail(cim::job_error(ended, "RequestStateChange", starting, work_.vm->name));
            return;
        }
    }
    // The state may follow the job's end by a moment.
    const auto settled = Patience{context_.clock, context_.clock.now() + std::chrono::seconds(2), {}};
    started_again_ = wait_until_true(settled, [this] {
                         const auto state = calls_.state();
                         return state == VmState::running || state == VmState::starting;
                     }) == WaitEnd::over;
    if (!started_again_) {
        fail({.kind = ErrorKind::failed,
              .attempted = starting,
              .object = work_.vm->name,
              .found = "Hyper-V accepted it, but the virtual machine is not running",
              .hint = "Start it by hand."});
    }
}

void VmUpgrade::read_back(TargetRow& row) {
    row.state.clear();
    row.version.clear();
    row.state = name_of(calls_.state());
    row.version = calls_.version();
}

void VmUpgrade::tell_outcome(TargetRow& row) const {
    const bool version_changed = !row.version.empty() && row.version != row.version_before;
    const bool state_changed = !row.state.empty() && row.state != row.state_before;
    row.changed = version_changed || state_changed;
    if (!error_) {
        row.outcome = Outcome::upgraded;
        row.reason = went_off_ ? "It was shut down, upgraded and " : "It was upgraded.";
        if (went_off_) {
            row.reason += started_again_ ? "started again." : "left off.";
        }
        return;
    }
    row.outcome = Outcome::failed;
    row.error = error_;
    row.reason = explanation(*error_);
    if (!row.version.empty()) {
        row.reason += " It is now at version " + row.version + " and " + row.state + ".";
    }
}

void VmUpgrade::attempt(const std::function<void()>& step) {
    try {
        step();
    } catch (const OperationError& error) {
        fail(error.detail());
    }
}

void VmUpgrade::fail(const ErrorDetail& detail) {
    if (!error_) {
        error_ = detail;
        return;
    }
    error_->cause += (error_->cause.empty() ? "" : " ") + sentence(detail);
}

ErrorDetail VmUpgrade::told_to_stop(const std::string& attempted, const std::string& found) const {
    return {.kind = ErrorKind::cancelled,
            .attempted = attempted,
            .object = work_.vm->name,
            .found = found,
            .hint = "Run it again to do what is left."};
}

bool VmUpgrade::plans(VmStep step) const {
    const auto& steps = work_.plan.steps;
    return std::find(steps.begin(), steps.end(), step) != steps.end();
}

Patience VmUpgrade::grace(std::chrono::seconds time) {
    if (!stop_seen_) {
        stop_seen_ = context_.clock.now();
    }
    return {context_.clock, *stop_seen_ + time, {}};
}

}  // namespace upshift
