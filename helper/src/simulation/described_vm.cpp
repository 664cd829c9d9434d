// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/described_vm.hpp"

#include <array>
#include <cstdio>

#include "support/guid.hpp"
#include "support/version.hpp"

namespace upshift::simulation {

namespace {

/// A configuration version as Hyper-V spells it; empty stays empty.
std::string read_version(const RowReader& row, std::string_view key, const std::string& text) {
    if (text.empty()) {
        return text;
    }
    const auto version = parse_configuration_version(text);
    if (!version) {
        row.refuse(key, "the text \"" + text + "\"", "a version such as \"10.0\"");
    }
    return to_string(*version);
}

void refuse_job_values_without_job(RowReader& row) {
    for (const auto* const key :
         {"seconds", "polls", "job_state", "error_code", "error_description", "errors", "vanishes"}) {
        if (row.has(key)) {
            row.refuse(key, "given", "a return of 4096: only that starts a job");
        }
    }
}

/// How long a job runs: a time, or that many readings of it.
template <typename Job>
void read_length(RowReader& row, Job& job) {
    job.seconds = std::chrono::duration<double>(row.seconds("seconds").value_or(0));
    if (row.has("seconds") && row.has("polls")) {
        row.refuse("polls", "given beside seconds", "one of the two");
    }
    job.polls = row.integer("polls", 1, 1000000);
}

UpgradedIn read_upgraded_in(RowReader& row) {
    const std::string name = row.choice("namespace", {"any", "virtualization", "cluster"});
    if (name == "any") {
        return UpgradedIn::any;
    }
    return name == "cluster" ? UpgradedIn::cluster : UpgradedIn::virtualization;
}

UpgradeBehaviour read_upgrade(RowReader row) {
    UpgradeBehaviour behaviour;
    behaviour.return_value =
        static_cast<std::uint32_t>(row.integer("return", 0, 0xFFFFFFFFLL).value_or(4096));
    if (behaviour.return_value != 4096) {
        refuse_job_values_without_job(row);
    }
    read_length(row, behaviour);
    behaviour.job_state = row.integer("job_state", 0, 65535).value_or(7);
    behaviour.error_code = row.integer("error_code", 0, 65535).value_or(0);
    behaviour.error_description = row.text_or("error_description", "");
    behaviour.errors = row.texts("errors");
    behaviour.vanishes = row.boolean("vanishes").value_or(false);
    behaviour.moves_to = row.text_or("moves_to", "");
    behaviour.known_in = read_upgraded_in(row);
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

ForeignJob read_foreign_job(RowReader row) {
    ForeignJob job;
    read_length(row, job);
    job.new_version = read_version(row, "new_version", row.text_or("new_version", ""));
    row.finish();
    return job;
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

DescribedVm read_vm(RowReader row) {
    DescribedVm vm;
    vm.name = row.given_text("name");
    vm.id = read_id(row);
    vm.host = row.text_or("host", "");
    vm.version = read_version(row, "version", row.given_text("version"));
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
    if (auto foreign = row.object("foreign_job")) {
        vm.foreign_job = read_foreign_job(std::move(*foreign));
    }
    vm.clustered = row.boolean("clustered");
    vm.possible_owners = row.texts("possible_owners");
    row.finish();
    return vm;
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
