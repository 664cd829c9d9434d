// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/described_host.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "support/guid.hpp"

namespace upshift::simulation {

namespace {

/// Release versions that hosts since Windows Server 2022 may support ("Upgrade virtual machine version in
/// Hyper-V", table; 10.5, 11.1 and 11.2 from Get-VMHostSupportedVersion on Server 2025).
constexpr std::array<ConfigurationVersion, 14> release_versions{{{8, 0},
                                                                 {8, 1},
                                                                 {8, 2},
                                                                 {8, 3},
                                                                 {9, 0},
                                                                 {9, 1},
                                                                 {9, 2},
                                                                 {9, 3},
                                                                 {10, 0},
                                                                 {10, 5},
                                                                 {11, 0},
                                                                 {11, 1},
                                                                 {11, 2},
                                                                 {12, 0}}};

/// A version can be chosen from Windows Server 2022 on, whose default is 10.0: that build brought the class
/// Msvm_VirtualSystemUpgradeSettingData.
constexpr ConfigurationVersion first_default_with_choice{10, 0};

std::vector<ConfigurationVersion> versions_up_to(ConfigurationVersion default_version) {
    std::vector<ConfigurationVersion> versions;
    std::copy_if(release_versions.begin(), release_versions.end(), std::back_inserter(versions),
                 [&](ConfigurationVersion version) { return version < default_version; });
    versions.push_back(default_version);
    return versions;
}

ConfigurationVersion read_version(const RowReader& row, std::string_view key, const std::string& text) {
    const auto version = parse_configuration_version(text);
    if (!version) {
        row.refuse(key, "the text \"" + text + "\"", "a version such as \"10.0\"");
    }
    return *version;
}

Access read_access(RowReader& row) {
    const std::string access = row.choice("access", {"granted", "denied", "no_role"});
    if (access == "granted") {
        return Access::granted;
    }
    return access == "denied" ? Access::denied : Access::no_role;
}

void refuse_job_values_without_job(RowReader& row) {
    for (const auto* const key : {"seconds", "polls", "job_state", "error_code", "error_description"}) {
        if (row.has(key)) {
            row.refuse(key, "given", "a return of 4096: only that starts a job");
        }
    }
}

UpgradeBehaviour read_upgrade(RowReader row) {
    UpgradeBehaviour behaviour;
    behaviour.return_value =
        static_cast<std::uint32_t>(row.integer("return", 0, 0xFFFFFFFFLL).value_or(4096));
    if (behaviour.return_value != 4096) {
        refuse_job_values_without_job(row);
    }
    behaviour.seconds = std::chrono::duration<double>(row.seconds("seconds").value_or(0));
    if (row.has("seconds") && row.has("polls")) {
        row.refuse("polls", "given beside seconds", "one of the two");
    }
    behaviour.polls = row.integer("polls", 1, 1000000);
    behaviour.job_state = row.integer("job_state", 0, 65535).value_or(7);
    behaviour.error_code = row.integer("error_code", 0, 65535).value_or(0);
    behaviour.error_description = row.text_or("error_description", "");
    row.not_yet("vanishes");
    row.not_yet("moves_to");
    row.finish();
    return behaviour;
}

ShutdownBehaviour read_shutdown(RowReader row) {
    ShutdownBehaviour behaviour;
    behaviour.return_value = static_cast<std::uint32_t>(row.integer("return", 0, 0xFFFFFFFFLL).value_or(0));
    behaviour.seconds = std::chrono::duration<double>(row.seconds("seconds").value_or(0));
    behaviour.ignored = row.boolean("ignored").value_or(false);
    row.finish();
    return behaviour;
}

std::string read_id(RowReader& row) {
    const std::string text = row.text_or("id", "");
    if (text.empty()) {
        return "";
    }
    const auto guid = parse_guid(text);
    if (!guid) {
        row.refuse("id", "the text \"" + text + "\"", "a GUID");
    }
    return *guid;
}

}  // namespace

DescribedHost read_host(RowReader row) {
    DescribedHost host;
    host.name = row.required_text("name");
    host.access = read_access(row);
    // A host that gives no access tells no version either.
    const std::string version = host.access == Access::granted ? row.given_text("default_version")
                                                               : row.text_or("default_version", "");
    if (!version.empty()) {
        host.default_version = read_version(row, "default_version", version);
    }
    for (const auto& supported : row.texts("supported_versions")) {
        host.supported_versions.push_back(read_version(row, "supported_versions", supported));
    }
    if (!row.has("supported_versions") && host.default_version) {
        host.supported_versions = versions_up_to(*host.default_version);
    }
    host.build = row.text_or("build", "");
    row.not_yet("cluster");
    host.upgrade_settings_class =
        row.boolean("upgrade_settings_class").value_or(host.default_version >= first_default_with_choice);
    row.finish();
    return host;
}

DescribedVm read_vm(RowReader row) {
    DescribedVm vm;
    vm.name = row.given_text("name");
    vm.id = read_id(row);
    vm.host = row.text_or("host", "");
    vm.version = row.given_text("version");
    if (!vm.version.empty()) {
        vm.version = to_string(read_version(row, "version", vm.version));
    }
    vm.state = row.choice("state", {"off", "running", "saved", "paused", "starting", "stopping", "other"});
    vm.saved_checkpoints = row.texts("saved_checkpoints");
    vm.replication =
        row.choice("replication", {"none", "primary", "replica", "test_replica", "extended_replica"});
    vm.heartbeat = row.choice("heartbeat", {"ok", "no_contact", "lost_communication"});
    if (auto upgrade = row.object("upgrade")) {
        vm.upgrade = read_upgrade(std::move(*upgrade));
    }
    if (auto shutdown = row.object("shutdown")) {
        vm.shutdown = read_shutdown(std::move(*shutdown));
    }
    for (const auto* const key : {"clustered", "possible_owners", "foreign_job"}) {
        row.not_yet(key);
    }
    row.finish();
    return vm;
}

DescribedHost default_host(const std::string& name) {
    constexpr ConfigurationVersion server_2025{12, 0};
    return {.name = name,
            .default_version = server_2025,
            .supported_versions = versions_up_to(server_2025),
            .build = "26100",
            .upgrade_settings_class = true};
}

std::string derived_guid(const std::string& host, const std::string& name, std::size_t number) {
    constexpr std::uint64_t fnv_prime = 0x100000001b3;
    const std::string seed = host + "\n" + name + "\n" + std::to_string(number);
    std::uint64_t high = 0xcbf29ce484222325;
    std::uint64_t low = 0x84222325cbf29ce4;
    for (const char c : seed) {
        high = (high ^ static_cast<unsigned char>(c)) * fnv_prime;
        low = (low ^ (high >> 29U)) * fnv_prime;
    }
    std::array<char, 40> text{};
    (void)std::snprintf(text.data(), text.size(), "%08X-%04X-%04X-%04X-%012llX",
                        static_cast<unsigned>(high >> 32U), static_cast<unsigned>((high >> 16U) & 0xFFFFU),
                        static_cast<unsigned>(high & 0xFFFFU), static_cast<unsigned>(low >> 48U),
                        static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
    return text.data();
}

}  // namespace upshift::simulation
