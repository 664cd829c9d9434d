// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_discard.hpp"

#include "cim/job.hpp"
#include "cim/method_codes.hpp"
#include "vm_version/vm_journal.hpp"
#include "vm_version/vm_power.hpp"

namespace upshift {

namespace {

constexpr std::chrono::seconds stop_grace{7};
constexpr const char* discarding_state = "discarding saved state";

ErrorDetail about(const SavedCheckpoint& checkpoint, ErrorDetail detail) {
    detail.found = "checkpoint \"" + checkpoint.name + "\": " + detail.found;
    return detail;
}

/// What went wrong with a call that was accepted; nothing where it is the read-back's to say.
std::optional<ErrorDetail> await_clearing(VmRun& run, const cim::MethodResult& result) {
    const auto job = result.reference("Job");
    if (!job) {
        return std::nullopt;
    }
    const auto ended = run.await_job(*job, run.deadline, stop_grace);
    if (ended.end == cim::JobEnd::failed || ended.end == cim::JobEnd::unknown_state) {
        return cim::job_error(ended, "ClearSnapshotState", attempts::discarding_checkpoint, run.vm.name);
    }
    return std::nullopt;
}

StepEnd discard(VmRun& run, const SavedCheckpoint& checkpoint) {
    note_down(run, discarding_state, false);
    std::optional<ErrorDetail> trouble;
    try {
        const auto result = run.calls().clear_saved_state(checkpoint);
        if (result.return_value != cim::method_completed && result.return_value != cim::method_job_started) {
            const auto refusal =
                about(checkpoint, cim::method_error(result.return_value, "ClearSnapshotState",
                                                    attempts::discarding_checkpoint, run.vm.name));
            if (result.return_value == cim::method_in_use) {
                return run.give_way(refusal);
            }
            run.fail(refusal);
            return StepEnd::failed;
        }
        trouble = await_clearing(run, result);
    } catch (const OperationError& error) {
        trouble = error.detail();  // it may have run all the same
    }
    // The checkpoints of a virtual machine that has moved away are not there either.
    (void)run.read_state();
    if (!run.calls().holds_saved_state(checkpoint)) {
        run.discarded.push_back(saved_state_of(checkpoint));
        return StepEnd::done;
    }
    run.fail(about(checkpoint, trouble.value_or(ErrorDetail{.kind = ErrorKind::failed,
                                                            .attempted = attempts::discarding_checkpoint,
                                                            .object = run.vm.name,
                                                            .found = "Hyper-V accepted it, but it still "
                                                                     "holds saved state",
                                                            .hint = "Apply or delete it."})));
    return StepEnd::failed;
}

bool is_stopped(VmRun& run, const char* attempted) {
    if (run.context.stop.stop_requested()) {
        run.fail(
            run.told_to_stop(attempted, "the run was told to stop before its saved state was discarded"));
        return true;
    }
    return false;
}

}  // namespace

StepEnd discard_saved_checkpoints(VmRun& run) {
    run.progress.step("discarding saved state");
    for (const auto& checkpoint : run.vm.saved_checkpoints) {
        if (is_stopped(run, attempts::discarding_checkpoint)) {
            return StepEnd::failed;
        }
        const auto end = run.calls().holds_saved_state(checkpoint) ? discard(run, checkpoint) : StepEnd::done;
        if (end != StepEnd::done) {
            return end;
        }
    }
    return StepEnd::done;
}

StepEnd discard_saved_state(VmRun& run) {
    run.progress.step("discarding saved state");
    if (is_stopped(run, attempts::discarding)) {
        return StepEnd::failed;
    }
    if (run.read_state() != VmState::saved) {
        return run.give_way({.kind = ErrorKind::wrong_state,
                             .attempted = attempts::discarding,
                             .object = run.vm.name,
                             .found = "its state changes while it is looked at"});
    }
    note_down(run, discarding_state, false);
    const auto end = change_power(run, PowerRequest::off, attempts::discarding);
    if (run.last_state == VmState::off) {
        run.discarded.push_back(own_saved_state());
    }
    return end;
}

}  // namespace upshift
