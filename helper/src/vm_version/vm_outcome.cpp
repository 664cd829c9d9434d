// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_outcome.hpp"

namespace upshift {

namespace {

/// Where the last reading failed, what the steps read before it still counts.
bool is_changed(const VmRun& run, const TargetRow& row) {
    const std::string version = run.last_version.value_or(row.version_before);
    const std::string state = run.last_state ? std::string(name_of(*run.last_state)) : row.state_before;
    // One that was started again is on its way to where it was.
    const bool is_on_its_way = run.started_again && run.last_state == VmState::starting &&
                               row.state_before == name_of(VmState::running);
    return version != row.version_before || (state != row.state_before && !is_on_its_way) ||
           !run.discarded.empty();
}

const char* told_of_upgrade(const VmRun& run) {
    if (run.reached_by_others) {
        const bool is_of_earlier_run = run.left_off || run.earlier_job_ended;
        return is_of_earlier_run ? "upgraded by the job of an earlier run"
                                 : "upgraded by somebody else meanwhile";
    }
    return run.through_cluster ? R"(upgraded through root\HyperVCluster\v2)" : "upgraded";
}

std::string told(const VmRun& run) {
    std::vector<std::string> parts;
    if (run.went_off) {
        parts.emplace_back(run.forced_off ? "turned off hard" : "shut down");
    }
    if (!run.discarded.empty()) {
        parts.emplace_back("cleared of saved state");
    }
    parts.emplace_back(told_of_upgrade(run));
    if (run.went_off || run.left_off) {
        parts.emplace_back(run.started_again ? "started again" : "left off");
    }
    return "It was " + enumerated(parts) + (run.left_off ? "; an earlier run had shut it down." : ".");
}

std::string told_of_failure(const VmRun& run, const ErrorDetail& error, const TargetRow& row) {
    std::string text = explanation(error);
    if (run.went_off_late) {
        text += run.started_again ? " It went off later and was started again." : " It went off later.";
    }
    if (run.left_off && run.started_again) {
        text += " An earlier run had shut it down, and it was started again.";
    }
    if (!row.version.empty()) {
        text += " It is now at version " + row.version + " and " + row.state + ".";
    }
    if (run.is_kept_for_next_run) {
        text += run.shutdown_asked ? " If it goes off, the next run starts it again."
                                   : " The next run starts it again.";
    }
    return text;
}

}  // namespace

void tell_outcome(const VmRun& run, TargetRow& row) {
    row.host = run.host->name;
    row.changed = is_changed(run, row);
    row.discarded = run.discarded;
    if (run.error) {
        row.outcome = Outcome::failed;
        row.error = run.error;
        row.reason = told_of_failure(run, *run.error, row);
    } else if (run.skipped) {
        row.outcome = Outcome::skipped;
        row.reason = run.left_off ? reason_when_started(run.plan) : *run.skipped;
    } else if (run.plan.verdict == VmVerdict::unchanged && !run.reached_by_others) {
        row.outcome = Outcome::unchanged;
        row.reason = reason_when_started(run.plan);
    } else {
        row.outcome = Outcome::upgraded;
        row.reason = told(run);
    }
}

}  // namespace upshift
