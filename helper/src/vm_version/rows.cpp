// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/rows.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace upshift {

namespace {

std::string access_of(const ObservedHost& host) {
    if (!host.error) {
        return "granted";
    }
    return host.error->kind == ErrorKind::not_supported ? "no_role" : "denied";
}

Outcome outcome_of(VmVerdict verdict) {
    switch (verdict) {
        case VmVerdict::unchanged:
            return Outcome::unchanged;
        case VmVerdict::upgrade:
            return Outcome::would_upgrade;
        case VmVerdict::skip:
            return Outcome::skipped;
        case VmVerdict::refuse:
            return Outcome::failed;
    }
    return Outcome::failed;
}

void set_error(TargetRow& row, const ErrorDetail& error) {
    row.outcome = Outcome::failed;
    row.reason = explanation(error);
    row.error = error;
}

std::vector<std::string> texts_of(const std::vector<ConfigurationVersion>& versions) {
    std::vector<std::string> texts;
    std::transform(versions.begin(), versions.end(), std::back_inserter(texts), to_string);
    return texts;
}

/// A VM is off for its upgrade, and stays so unless it is started again.
VmState state_after(const ObservedVm& vm, const VmPlan& plan) {
    if (plan.plans(VmStep::start)) {
        return VmState::running;
    }
    return plan.plans(VmStep::shut_down) || plan.plans(VmStep::discard_saved_state) ? VmState::off : vm.state;
}

}  // namespace

HostRow host_row(const ObservedHost& host) {
    HostRow row;
    row.name = host.name;
    row.default_version = host.default_version ? to_string(*host.default_version) : "";
    row.supported_versions = texts_of(host.supported_versions);
    row.build = host.build;
    row.cluster = host.cluster ? host.cluster->name : "";
    row.upgrade_settings_class = host.upgrade_settings_class;
    row.access = access_of(host);
    row.cluster_error = host.cluster_error;
    return row;
}

ClusterRow cluster_row(const ObservedCluster& cluster, const std::vector<HostRow>& hosts) {
    ClusterRow row;
    row.name = cluster.name;
    row.functional_level = cluster.functional_level;
    for (const auto& node : cluster.nodes) {
        row.nodes.push_back(node.name);
        const bool has_row = std::any_of(
            hosts.begin(), hosts.end(), [&](const HostRow& host) { return same_host(host.name, node.name); });
        if (!has_row) {
            row.other_nodes.push_back({node.name, node.build, texts_of(node.supported_versions)});
        }
    }
    return row;
}

VmRow vm_row(const ObservedHost& host, ObservedVm vm) {
    VmRow row;
    row.name = std::move(vm.name);
    row.id = std::move(vm.id);
    row.host = host.name;
    row.version = vm.version ? to_string(*vm.version) : "";
    row.state = name_of(vm.state);
    std::transform(vm.saved_checkpoints.begin(), vm.saved_checkpoints.end(),
                   std::back_inserter(row.saved_checkpoints),
                   [](const SavedCheckpoint& checkpoint) { return checkpoint.name; });
    row.replication = name_of(vm.replication);
    if (!host.cluster_error) {
        row.clustered = vm.clustered;
    }
    row.possible_owners = std::move(vm.possible_owners);
    return row;
}

TargetRow planned_row(const ObservedHost& host, const ObservedVm& vm, const VmPlan& plan) {
    TargetRow row;
    row.name = vm.name;
    row.host = host.name;
    row.vm_id = vm.id;
    row.version_before = vm.version_text;
    row.version_wanted = plan.wanted ? to_string(*plan.wanted) : "";
    row.version = vm.version_text;
    row.outcome = outcome_of(plan.verdict);
    row.changed = !plan.steps.empty();
    row.reason = plan.reason;
    row.state_before = name_of(vm.state);
    row.state = row.state_before;
    row.diff.state_planned = name_of(state_after(vm, plan));
    row.discarded = plan.discards;
    row.error = plan.error;
    return row;
}

ErrorDetail absence_error(const SelectionEntry& absent) {
    const bool by_name = absent.absent_id.empty();
    return {.kind = ErrorKind::not_found,
            .attempted = by_name ? "find the virtual machine" : "find the virtual machine with the id",
            .object = by_name ? absent.absent_name : absent.absent_id,
            .found = by_name ? "no host has one of that name" : "no host has one with that id",
            .hint = "Correct it, or leave it out."};
}

TargetRow absent_row(const SelectionEntry& absent, WhenAbsent when_absent) {
    TargetRow row;
    row.name = absent.absent_name;
    row.vm_id = absent.absent_id;
    if (when_absent == WhenAbsent::skip) {
        row.outcome = Outcome::skipped;
        row.reason = "No host has it, and when_absent is skip.";
        return row;
    }
    ErrorDetail error = absence_error(absent);
    error.hint = "Correct it, or set when_absent to skip.";
    set_error(row, error);
    return row;
}

TargetRow unreadable_host_row(const std::string& host, const ErrorDetail& error) {
    TargetRow row;
    row.name = host;
    row.host = host;
    set_error(row, error);
    return row;
}

}  // namespace upshift
