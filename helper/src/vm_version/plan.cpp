// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/plan.hpp"

#include <array>
#include <string_view>

#include "vm_version/plan_rules.hpp"

namespace upshift {

namespace {

using Rule = rules::Decision (*)(const rules::Situation&);

/// The first rule that applies decides.
constexpr std::array<Rule, 16> in_order{rules::at_or_above_is_unchanged,
                                        rules::a_prerelease_is_never_upgraded,
                                        rules::the_host_must_have_the_method,
                                        rules::the_default_is_never_a_prerelease,
                                        rules::a_chosen_version_is_never_a_prerelease,
                                        rules::a_chosen_version_must_be_supported,
                                        rules::choosing_needs_the_upgrade_settings_class,
                                        rules::only_the_primary_of_a_replication_is_upgraded,
                                        rules::whether_it_is_clustered_must_be_known,
                                        rules::the_functional_level_must_be_raised_first,
                                        rules::every_possible_owner_must_support_the_version,
                                        rules::a_running_one_is_shut_down_only_if_asked,
                                        rules::any_other_state_is_never_shut_down,
                                        rules::saved_state_is_discarded_only_if_asked,
                                        rules::saved_state_of_checkpoints_is_discarded_only_if_asked,
                                        rules::it_is_upgraded};

VmPlan decide(const rules::Situation& situation) {
    for (const auto rule : in_order) {
        if (auto decision = rule(situation)) {
            return std::move(*decision);
        }
    }
    return {};
}

constexpr std::string_view to_be_started =
    "; an earlier run had shut it down, and it would be started again.";
constexpr std::string_view started = "; an earlier run had shut it down, and it was started again.";
constexpr std::string_view left_off = "; an earlier run had shut it down, and it is left off.";

std::string continued(const std::string& reason, std::string_view clause) {
    return reason.substr(0, reason.find_last_not_of('.') + 1).append(clause);
}

}  // namespace

VmPlan plan_vm(const ObservedHost& host, const ObservedVm& vm, const VmVersionRequest& request) {
    if (host.elsewhere) {
        return rules::skip("It is on node \"" + host.name +
                           "\", which is none of the hosts of this run. Run it there too.");
    }
    const auto wanted = request.version ? request.version : host.default_version;
    if (!wanted) {
        return rules::refuse(ErrorKind::not_supported, vm,
                             "host \"" + host.name + "\" names no default version",
                             "a host that can upgrade virtual machines: Windows Server 2016 or later", "");
    }
    // A chosen version that equals the default is upgraded to as the default, which every host can do.
    const bool wants_default = wanted == host.default_version;
    VmPlan plan = vm.version ? decide({host, vm, request, *vm.version, *wanted, wants_default})
                             : rules::refuse(ErrorKind::not_supported, vm,
                                             "its version is given as \"" + vm.version_text + "\"",
                                             "a version such as \"10.0\"", "");
    plan.wanted = wanted;
    plan.wants_default = wants_default;
    start_if_left_off(plan, host, vm, request.restart);
    return plan;
}

void start_if_left_off(VmPlan& plan, const ObservedHost& host, const ObservedVm& vm, bool restart) {
    if (!is_left_off(vm) || host.elsewhere) {
        return;
    }
    if (plan.verdict != VmVerdict::upgrade) {
        plan.steps.clear();
    }
    if (restart) {
        plan.steps.push_back(VmStep::start);
    }
    plan.reason = continued(plan.reason, restart ? to_be_started : left_off);
}

std::string reason_when_started(const VmPlan& plan) {
    return plan.reason.ends_with(to_be_started)
               ? plan.reason.substr(0, plan.reason.size() - to_be_started.size()).append(started)
               : plan.reason;
}

std::string own_saved_state() {
    return "saved state of the virtual machine";
}

std::string saved_state_of(const SavedCheckpoint& checkpoint) {
    return "saved state of checkpoint \"" + checkpoint.name + "\"";
}

std::string enumerated(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            text += i + 1 == parts.size() ? " and " : ", ";
        }
        text += parts[i];
    }
    return text;
}

}  // namespace upshift
