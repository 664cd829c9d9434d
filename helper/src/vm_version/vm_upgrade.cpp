// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_upgrade.hpp"

#include <algorithm>

#include "vm_version/cluster_detect.hpp"
#include "vm_version/vm_discard.hpp"
#include "vm_version/vm_inventory.hpp"
#include "vm_version/vm_journal.hpp"
#include "vm_version/vm_others.hpp"
#include "vm_version/vm_outcome.hpp"
#include "vm_version/vm_power.hpp"
#include "vm_version/vm_shutdown.hpp"
#include "vm_version/vm_upgrade_call.hpp"

namespace upshift {

VmUpgrade::VmUpgrade(const VmWork& work, VmHosts& hosts, const VmVersionRequest& request,
                     const RunContext& context, VmProgress progress)

    : run_(work, hosts, request, context, std::move(progress)) {}

void VmUpgrade::run() {
    run_.progress.begun();
    run_.attempt([this] { carry_out(); });
    run_.attempt([this] { bring_back(); });
}

void VmUpgrade::carry_out() {
    constexpr int most_moves = 2;
    while (true) {
        try {
            if (do_steps() != StepEnd::look_again || !look_again()) {
                return;
            }
            continue;
        } catch (const OperationError& error) {
            // A call may find that the virtual machine has moved to another host since it was read.
            if (error.detail().kind != ErrorKind::not_found || is_still_there()) {
                throw;
            }
        }
        if (++moves_ > most_moves || !follow_it()) {
            tell_where_it_is();
            return;
        }
        if (!plan_again()) {
            return;
        }
    }
}

StepEnd VmUpgrade::do_steps() {
    // What was read before the run began to work may be hours old by the turn of this one.
    if (!is_begun_ && (await_others(run_) == OthersEnd::failed ||
                       (run_.plan.verdict == VmVerdict::upgrade && !plan_again()))) {
        return StepEnd::failed;
    }
    is_begun_ = true;
    if (!is_to_be_upgraded()) {
        return StepEnd::failed;
    }
    // Planned anew, a step may stand there once more or not at all; going through a copy is enough for both.
    const auto steps = run_.plan.steps;
    for (const auto step : steps) {
        const auto end = do_step(step);
        if (end != StepEnd::done) {
            return end;
        }
    }
    return StepEnd::done;
}

StepEnd VmUpgrade::do_step(VmStep step) {
    switch (step) {
        case VmStep::shut_down:
            return shut_down(run_);
        case VmStep::discard_checkpoints:
            return discard_saved_checkpoints(run_);
        case VmStep::discard_saved_state:
            return discard_saved_state(run_);
        case VmStep::upgrade:
            return upgrade_version(run_);
        case VmStep::start:
            return StepEnd::done;  // whatever comes of the others: bring_back
    }
    return StepEnd::done;
}

bool VmUpgrade::look_again() {
    constexpr int most_unexplained_rounds = 2;
    const auto others = await_others(run_);
    if (others == OthersEnd::failed) {
        return false;
    }
    if (others == OthersEnd::nobody && ++unexplained_rounds_ > most_unexplained_rounds) {
        run_.fail(run_.given_way_to);
        return false;
    }
    if (others == OthersEnd::nobody) {
        const auto pause = run_.context.clock.now() + std::chrono::seconds(unexplained_rounds_);
        run_.context.clock.wait_until(std::min(pause, run_.deadline), run_.context.stop);
    }
    return plan_again();
}

bool VmUpgrade::plan_again() {
    if (!is_read_anew_) {
        auto found = read_again(*run_.host, run_.vm);
        if (found) {
            run_.vm = std::move(*found);
        } else if (!follow_it()) {
            tell_where_it_is();
            return false;
        }
    }
    is_read_anew_ = false;
    run_.last_state = run_.vm.state;
    run_.last_version = run_.vm.version_text;
    if (run_.shutdown_asked && run_.vm.state == VmState::off) {
        run_.shutdown_asked = false;
        run_.went_off = true;
    }
    // The guest that an earlier run had asked went off only now.
    run_.left_off = run_.left_off || (run_.noted_before && !run_.went_off && run_.request.restart &&
                                      run_.vm.state == VmState::off);
    const bool was_below = run_.plan.verdict == VmVerdict::upgrade;
    run_.plan = plan_vm(*run_.host, run_.vm, run_.request);
    run_.reached_by_others = was_below && run_.plan.verdict == VmVerdict::unchanged;
    return is_to_be_upgraded();
}

bool VmUpgrade::is_to_be_upgraded() {
    switch (run_.plan.verdict) {
        case VmVerdict::upgrade:
            return true;
        case VmVerdict::unchanged:
            return false;
        case VmVerdict::skip:
            run_.skipped = run_.plan.reason;
            return false;
        case VmVerdict::refuse:
            run_.fail(run_.plan.error.value_or(ErrorDetail{}));
            return false;
    }
    return false;
}

void VmUpgrade::bring_back() {
    // Hyper-V would start it under a running upgrade job, or refuse to: neither is wanted.
    const bool is_owed = run_.left_off || (run_.went_off && run_.request.restart);
    if (!is_owed || run_.job_under_way || run_.job_unknown) {
        return;
    }
    try {
        start_wherever_it_is();
    } catch (const OperationError& error) {
        if (error.detail().kind != ErrorKind::not_found || !follow_it()) {
            throw;
        }
        start_wherever_it_is();
    }
}

void VmUpgrade::start_wherever_it_is() {
    if (start_again(run_) == StepEnd::look_again) {
        (void)await_others(run_);
        if (start_again(run_) == StepEnd::look_again) {
            run_.fail(run_.given_way_to);
        }
    }
}

bool VmUpgrade::is_still_there() const {
    return read_again(*run_.host, run_.vm).has_value();
}

bool VmUpgrade::follow_it() {
    auto found = run_.hosts.find(*run_.host, run_.vm);
    if (!found) {
        return false;
    }
    found->vm.noted = run_.vm.noted;
    run_.host = found->host;
    run_.vm = std::move(found->vm);
    is_read_anew_ = true;
    return true;
}

void VmUpgrade::tell_where_it_is() {
    is_lost_ = true;
    const auto owner = run_.host->cluster ? owner_of(*run_.host->cluster, run_.vm.id) : "";
    const bool is_untouched = !run_.went_off && !run_.shutdown_asked && run_.discarded.empty();
    if (!owner.empty() && is_untouched) {
        run_.skipped = "It has moved to node \"" + owner +
                       "\", which is none of the hosts of this run. Run it there too.";
        return;
    }
    run_.fail(
        {.kind = ErrorKind::not_found,
         .attempted = attempts::upgrading,
         .object = run_.vm.name,
         .found =
             owner.empty()
                 ? "host \"" + run_.host->name + "\" no longer has it, and no other host of this run does"
                 : "it has moved to node \"" + owner + "\", which is none of the hosts of this run",
         .hint = run_.went_off || run_.shutdown_asked ? "It was shut down before: start it there by hand."
                                                      : "Look whether it was moved or deleted."});
}

bool VmUpgrade::is_to_be_watched() const {
    return run_.shutdown_asked && !run_.went_off && run_.context.clock.now() < run_.deadline &&
           !run_.context.stop.stop_requested();
}

void VmUpgrade::look() {
    try {
        if (run_.read_state() != VmState::off) {
            return;
        }
    } catch (const OperationError& error) {
        if (error.detail().kind == ErrorKind::not_found) {
            (void)follow_it();
        }
        return;  // the next look may succeed
    }
    run_.shutdown_asked = false;
    run_.went_off = true;
    run_.went_off_late = true;
    run_.attempt([this] { bring_back(); });
}

VmUpgrade::Result VmUpgrade::finish(TargetRow planned) {
    if (!is_lost_) {
        run_.attempt([&] { read_back(planned); });
    }
    settle_journal(run_);
    tell_outcome(run_, planned);
    planned.duration_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(run_.context.clock.now() - run_.begun).count();
    run_.progress.finished(planned.outcome);
    return {std::move(planned), std::move(run_.warnings)};
}

void VmUpgrade::read_back(TargetRow& row) {
    row.state.clear();
    row.version.clear();
    row.state = name_of(run_.read_state());
    row.version = run_.read_version();
}

}  // namespace upshift
