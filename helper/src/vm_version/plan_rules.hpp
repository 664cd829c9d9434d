// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vm_version/plan.hpp"

// The rules of planning, one function each, by what they are about. plan.cpp has their order.
namespace upshift::rules {

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

VmPlan refuse(const ErrorDetail& error);
VmPlan refuse(ErrorKind kind, const ObservedVm& vm, const std::string& found, const std::string& needed,
              const std::string& hint);
VmPlan skip(const std::string& reason);
std::string list_of(const std::vector<ConfigurationVersion>& versions);

Decision at_or_above_is_unchanged(const Situation& at);
Decision a_prerelease_is_never_upgraded(const Situation& at);
Decision the_default_is_never_a_prerelease(const Situation& at);
Decision the_host_must_have_the_method(const Situation& at);
Decision a_chosen_version_is_never_a_prerelease(const Situation& at);
Decision a_chosen_version_must_be_supported(const Situation& at);
Decision choosing_needs_the_upgrade_settings_class(const Situation& at);

Decision only_the_primary_of_a_replication_is_upgraded(const Situation& at);

Decision whether_it_is_clustered_must_be_known(const Situation& at);
Decision the_functional_level_must_be_raised_first(const Situation& at);
Decision every_possible_owner_must_support_the_version(const Situation& at);

Decision a_running_one_is_shut_down_only_if_asked(const Situation& at);
Decision any_other_state_is_never_shut_down(const Situation& at);
Decision saved_state_is_discarded_only_if_asked(const Situation& at);
Decision saved_state_of_checkpoints_is_discarded_only_if_asked(const Situation& at);

/// Every other rule has passed.
Decision it_is_upgraded(const Situation& at);

}  // namespace upshift::rules
