// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/plan.hpp"

#include <algorithm>
#include <array>

namespace upshift {

namespace {

struct Situation {
    const ObservedHost& host;
    const ObservedVm& vm;
    const VmVersionRequest& request;
    ConfigurationVersion version;  ///< the VM's
    ConfigurationVersion wanted;
    bool wants_default;
};

/// What a rule decides; nothing where it does not apply.
using Decision = std::optional<VmPlan>;

VmPlan refuse(ErrorKind kind, const ObservedVm& vm, const std::string& found, const std::string& needed,
              const std::string& hint) {
    VmPlan plan;
    plan.verdict = VmVerdict::refuse;
    plan.error = ErrorDetail{.kind = kind,
                             .attempted = "upgrade the virtual machine",
                             .object = vm.name,
                             .found = found,
                             .needed = needed,
                             .hint = hint};
    plan.reason = explanation(*plan.error);
    return plan;
}

VmPlan skip(const std::string& reason) {
    VmPlan plan;
    plan.verdict = VmVerdict::skip;
    plan.reason = reason;
    return plan;
}

std::string list_of(const std::vector<ConfigurationVersion>& versions) {
    std::string text;
    for (const auto version : versions) {
        text += (text.empty() ? "" : ", ") + to_string(version);
    }
    return text;
}

std::string quoted_list_of(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        text += (text.empty() ? "\"" : ", \"") + name + "\"";
    }
    return text;
}

Decision at_or_above_is_unchanged(const Situation& at) {
    if (at.version < at.wanted) {
        return std::nullopt;
    }
    VmPlan plan;
    const std::string above = ", above the wanted " + to_string(at.wanted);
    if (at.version == at.wanted) {
        plan.reason = "It is already at " + to_string(at.version) + ".";
    } else if (at.version.is_prerelease()) {
        plan.reason = "It is at the prerelease version " + to_string(at.version) + above +
                      "; a prerelease is never upgraded.";
    } else {
        plan.reason = "It is at " + to_string(at.version) + above + ".";
    }
    return plan;
}

Decision a_prerelease_is_never_upgraded(const Situation& at) {
    if (!at.version.is_prerelease()) {
        return std::nullopt;
    }
    return refuse(ErrorKind::refused, at.vm, "it is at the prerelease version " + to_string(at.version),
                  "a virtual machine at a release version", "Create it anew to bring it to another version.");
}

Decision the_default_is_never_a_prerelease(const Situation& at) {
    if (!at.wants_default || !at.wanted.is_prerelease()) {
        return std::nullopt;
    }
    return refuse(
        ErrorKind::refused, at.vm,
        "the default of host \"" + at.host.name + "\" is the prerelease version " + to_string(at.wanted),
        "a release version", "Choose one with version: " + list_of(at.host.supported_versions) + ".");
}

Decision a_chosen_version_must_be_supported(const Situation& at) {
    const auto& supported = at.host.supported_versions;
    if (at.wants_default || std::find(supported.begin(), supported.end(), at.wanted) != supported.end()) {
        return std::nullopt;
    }
    return refuse(ErrorKind::refused, at.vm,
                  "host \"" + at.host.name + "\" does not support version " + to_string(at.wanted),
                  "one of " + list_of(supported), "");
}

Decision choosing_needs_the_upgrade_settings_class(const Situation& at) {
    if (at.wants_default || at.host.upgrade_settings_class) {
        return std::nullopt;
    }
    return refuse(
        ErrorKind::not_supported, at.vm, "host \"" + at.host.name + "\" upgrades to its default version only",
        "Windows Server 2022 or later, which has Msvm_VirtualSystemUpgradeSettingData", "Leave version out.");
}

Decision a_replica_is_refused(const Situation& at) {
    if (at.vm.replication == Replication::none) {
        return std::nullopt;
    }
    return refuse(ErrorKind::refused, at.vm,
                  "it takes part in Hyper-V Replica (" + std::string(name_of(at.vm.replication)) + ")",
                  "a virtual machine that is not replicated",
                  "An older host on the other side could not run it after the upgrade.");
}

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

Decision a_saved_one_is_left_alone(const Situation& at) {
    if (at.vm.state != VmState::saved) {
        return std::nullopt;
    }
    if (at.request.when_saved == WhenObstructed::skip) {
        return skip("It is in saved state, and when_saved is skip.");
    }
    return refuse(ErrorKind::wrong_state, at.vm, "it is in saved state", "a virtual machine that is off",
                  "Start it and shut it down, or set when_saved to skip.");
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

Decision saved_state_of_checkpoints_is_left_alone(const Situation& at) {
    if (at.vm.saved_checkpoints.empty()) {
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
                  "Apply or delete them, or set when_checkpoint_saved to skip.");
}

/// Every other rule has passed.
Decision it_is_upgraded(const Situation& at) {
    VmPlan plan;
    plan.verdict = VmVerdict::upgrade;
    if (at.vm.state != VmState::running) {
        plan.steps = {VmStep::upgrade};
        plan.reason = "It would be upgraded.";
    } else if (at.request.restart) {
        plan.steps = {VmStep::shut_down, VmStep::upgrade, VmStep::start};
        plan.reason = "It would be shut down, upgraded and started again.";
    } else {
        plan.steps = {VmStep::shut_down, VmStep::upgrade};
        plan.reason = "It would be shut down, upgraded and left off.";
    }
    return plan;
}

using Rule = Decision (*)(const Situation&);

/// The first rule that applies decides.
constexpr std::array<Rule, 11> rules{at_or_above_is_unchanged,
                                     a_prerelease_is_never_upgraded,
                                     the_default_is_never_a_prerelease,
                                     a_chosen_version_must_be_supported,
                                     choosing_needs_the_upgrade_settings_class,
                                     a_replica_is_refused,
                                     a_running_one_is_shut_down_only_if_asked,
                                     a_saved_one_is_left_alone,
                                     any_other_state_is_never_shut_down,
                                     saved_state_of_checkpoints_is_left_alone,
                                     it_is_upgraded};

VmPlan decide(const Situation& situation) {
    for (const auto rule : rules) {
        if (auto decision = rule(situation)) {
            return std::move(*decision);
        }
    }
    return {};
}

}  // namespace

VmPlan plan_vm(const ObservedHost& host, const ObservedVm& vm, const VmVersionRequest& request) {
    const auto wanted = request.version ? request.version : host.default_version;
    if (!wanted) {
        return refuse(ErrorKind::not_supported, vm, "host \"" + host.name + "\" names no default version",
                      "a host that can upgrade virtual machines: Windows Server 2016 or later", "");
    }
    // A chosen version that equals the default is upgraded to as the default, which every host can do.
    const bool wants_default = wanted == host.default_version;
    VmPlan plan = vm.version ? decide({host, vm, request, *vm.version, *wanted, wants_default})
                             : refuse(ErrorKind::not_supported, vm,
                                      "its version is given as \"" + vm.version_text + "\"",
                                      "a version such as \"10.0\"", "");
    plan.wanted = wanted;
    plan.wants_default = wants_default;
    return plan;
}

}  // namespace upshift
