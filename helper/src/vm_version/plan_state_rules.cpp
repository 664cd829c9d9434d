// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>

#include "vm_version/plan_rules.hpp"

namespace upshift::rules {

namespace {

std::string quoted_list_of(const std::vector<SavedCheckpoint>& checkpoints) {
    std::string text;
    for (const auto& checkpoint : checkpoints) {
        text += (text.empty() ? "\"" : ", \"") + checkpoint.name + "\"";
    }
    return text;
}

std::vector<VmStep> steps_of(const Situation& at) {
    std::vector<VmStep> steps;
    const bool is_running = at.vm.state == VmState::running;
    if (is_running) {
        steps.push_back(VmStep::shut_down);
    }
    if (!at.vm.saved_checkpoints.empty()) {
        steps.push_back(VmStep::discard_checkpoints);
    }
    if (at.vm.state == VmState::saved) {
        steps.push_back(VmStep::discard_saved_state);
    }
    steps.push_back(VmStep::upgrade);
    if (is_running && at.request.restart) {
        steps.push_back(VmStep::start);
    }
    return steps;
}

std::vector<std::string> discards_of(const ObservedVm& vm) {
    std::vector<std::string> names;
    std::transform(vm.saved_checkpoints.begin(), vm.saved_checkpoints.end(), std::back_inserter(names),
                   saved_state_of);
    if (vm.state == VmState::saved) {
        names.push_back(own_saved_state());
    }
    return names;
}

std::string foretold(const Situation& at, const VmPlan& plan) {
    const bool is_running = at.vm.state == VmState::running;
    std::vector<std::string> parts;
    if (is_running) {
        parts.emplace_back("shut down");
    }
    if (!plan.discards.empty()) {
        parts.emplace_back("cleared of saved state");
    }
    parts.emplace_back("upgraded");
    if (is_running) {
        parts.emplace_back(at.request.restart ? "started again" : "left off");
    }
    return "It would be " + enumerated(parts) + ".";
}

}  // namespace

Decision a_running_one_is_shut_down_only_if_asked(const Situation& at) {
    if (at.vm.state != VmState::running || at.request.when_running == WhenObstructed::act) {
        return std::nullopt;
    }
    if (at.request.when_running == WhenObstructed::skip) {
        return skip("It is running, and when_running is skip.");
    }
    return refuse(ErrorKind::wrong_state, at.vm, "it is running", "a virtual machine that is off",
                  "Set when_running to shut_down to have it shut down and started again.");
}

Decision any_other_state_is_never_shut_down(const Situation& at) {
    if (at.vm.state == VmState::off || at.vm.state == VmState::running || at.vm.state == VmState::saved) {
        return std::nullopt;
    }
    const std::string state = at.vm.state == VmState::other
                                  ? "it is in a state that is neither off nor running, such as hibernated"
                                  : "it is " + std::string(name_of(at.vm.state));
    if (at.request.when_running == WhenObstructed::skip) {
        return skip("I" + state.substr(1) + ", and when_running is skip.");
    }
    return refuse(ErrorKind::wrong_state, at.vm, state, "a virtual machine that is off",
                  "Bring it to off or running and try again.");
}

Decision saved_state_is_discarded_only_if_asked(const Situation& at) {
    if (at.vm.state != VmState::saved || at.request.when_saved == WhenObstructed::act) {
        return std::nullopt;
    }
    if (at.request.when_saved == WhenObstructed::skip) {
        return skip("It is in saved state, and when_saved is skip.");
    }
    return refuse(ErrorKind::wrong_state, at.vm, "it is in saved state", "a virtual machine that is off",
                  "Start it and shut it down, or set when_saved to skip, or to discard to throw its saved "
                  "state away.");
}

Decision saved_state_of_checkpoints_is_discarded_only_if_asked(const Situation& at) {
    if (at.vm.saved_checkpoints.empty() || at.request.when_checkpoint_saved == WhenObstructed::act) {
        return std::nullopt;
    }
    const bool several = at.vm.saved_checkpoints.size() > 1;
    const std::string which = (several ? "checkpoints " : "checkpoint ") +
                              quoted_list_of(at.vm.saved_checkpoints) + (several ? " hold" : " holds") +
                              " saved state";
    if (at.request.when_checkpoint_saved == WhenObstructed::skip) {
        return skip("C" + which.substr(1) + ", and when_checkpoint_saved is skip.");
    }
    return refuse(ErrorKind::wrong_state, at.vm, which, "checkpoints without saved state",
                  "Apply or delete them, or set when_checkpoint_saved to skip, or to discard to throw their "
                  "saved state away.");
}

Decision it_is_upgraded(const Situation& at) {
    VmPlan plan;
    plan.verdict = VmVerdict::upgrade;
    plan.steps = steps_of(at);
    plan.discards = discards_of(at.vm);
    plan.reason = foretold(at, plan);
    return plan;
}

}  // namespace upshift::rules
