// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "vm_version/plan_rules.hpp"

namespace upshift::rules {

namespace {

/// What can be chosen on the host.
std::vector<ConfigurationVersion> releases_of(const ObservedHost& host) {
    std::vector<ConfigurationVersion> releases = host.supported_versions;
    std::erase_if(releases, [](const auto version) { return version.is_prerelease(); });
    return releases;
}

}  // namespace

VmPlan refuse(const ErrorDetail& error) {
    VmPlan plan;
    plan.verdict = VmVerdict::refuse;
    plan.error = error;
    plan.reason = explanation(error);
    return plan;
}

VmPlan refuse(ErrorKind kind, const ObservedVm& vm, const std::string& found, const std::string& needed,
              const std::string& hint) {
    return refuse({.kind = kind,
                   .attempted = "upgrade the virtual machine",
                   .object = vm.name,
                   .found = found,
                   .needed = needed,
                   .hint = hint});
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

Decision the_host_must_have_the_method(const Situation& at) {
    if (has_upgrade_method(at.host)) {
        return std::nullopt;
    }
    return refuse(
        ErrorKind::not_supported, at.vm,
        "host \"" + at.host.name + "\" (build " + at.host.build + ") has no UpgradeSystemVersion method",
        "Windows Server 2016 or later", "Move it to a newer host and upgrade it there.");
}

Decision the_default_is_never_a_prerelease(const Situation& at) {
    if (!at.wants_default || !at.wanted.is_prerelease()) {
        return std::nullopt;
    }
    return refuse(
        ErrorKind::refused, at.vm,
        "the default of host \"" + at.host.name + "\" is the prerelease version " + to_string(at.wanted),
        "a release version", "Choose one with version: " + list_of(releases_of(at.host)) + ".");
}

Decision a_chosen_version_is_never_a_prerelease(const Situation& at) {
    if (at.wants_default || !at.wanted.is_prerelease()) {
        return std::nullopt;
    }
    return refuse(ErrorKind::refused, at.vm,
                  "the wanted version " + to_string(at.wanted) + " is a prerelease", "a release version",
                  "From a prerelease there is no way to another version. Choose one of " +
                      list_of(releases_of(at.host)) + ".");
}

Decision a_chosen_version_must_be_supported(const Situation& at) {
    const auto supported = releases_of(at.host);
    if (at.wants_default || std::find(supported.begin(), supported.end(), at.wanted) != supported.end()) {
        return std::nullopt;
    }
    return refuse(ErrorKind::refused, at.vm,
                  "host \"" + at.host.name + "\" does not support version " + to_string(at.wanted),
                  supported.empty() ? "a version that it supports" : "one of " + list_of(supported), "");
}

Decision choosing_needs_the_upgrade_settings_class(const Situation& at) {
    if (at.wants_default || at.host.upgrade_settings_class) {
        return std::nullopt;
    }
    return refuse(
        ErrorKind::not_supported, at.vm, "host \"" + at.host.name + "\" upgrades to its default version only",
        "Windows Server 2022 or later, which has Msvm_VirtualSystemUpgradeSettingData", "Leave version out.");
}

Decision only_the_primary_of_a_replication_is_upgraded(const Situation& at) {
    const auto side = at.vm.replication;
    if (side == Replication::none || (side == Replication::primary && at.request.replica_allowed)) {
        return std::nullopt;
    }
    const std::string found = "it takes part in Hyper-V Replica (" + std::string(name_of(side)) + ")";
    if (side == Replication::primary) {
        return refuse(ErrorKind::refused, at.vm, found, "a virtual machine that is not replicated",
                      "An older host on the other side could not run it after the upgrade. Set replica to "
                      "allow where the other side can.");
    }
    return refuse(ErrorKind::refused, at.vm, found,
                  "the primary, or a virtual machine that is not replicated",
                  "Only the primary of a replication can be upgraded, with replica set to allow.");
}

}  // namespace upshift::rules
