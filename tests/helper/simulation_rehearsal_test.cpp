// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/json/answer.hpp"
#include "simulation/simulation_file.hpp"
#include "support/described.hpp"
#include "support/scratch_folder.hpp"

using namespace upshift;
using test::described_vm;
using test::World;

namespace {

std::vector<simulation::DescribedVm> vms_of_every_kind() {
    auto checkpointed = described_vm("Prüfstand \"7\"", "9.0", "running");
    checkpointed.saved_checkpoints = {"before, patches"};
    auto replicated = described_vm("replicated");
    replicated.replication = "test_replica";
    auto nameless = described_vm("");
    return {described_vm("off"),
            described_vm("on", "9.0", "running"),
            described_vm("s", "8.0", "saved"),
            described_vm("p", "8.0", "paused"),
            described_vm("o", "8.0", "other"),
            described_vm("new", "10.0"),
            described_vm("unread", ""),
            described_vm("pre", "254.0"),
            checkpointed,
            replicated,
            nameless};
}

/// Two hosts, of which one shows nothing.
std::vector<simulation::DescribedHost> two_hosts() {
    auto closed = test::described_host("closed");
    closed.access = simulation::Access::denied;
    return {test::described_host(), closed};
}

World described_by(const Answer& answer) {
    const test::ScratchFolder folder;
    auto description = simulation::read_simulation_file(folder.write("saved.json", to_json_line(answer)));
    return {std::move(description.hosts), std::move(description.vms)};
}

}  // namespace

TEST_CASE("a saved answer describes the same hosts and VMs again", "[simulation]") {
    World world(two_hosts(), vms_of_every_kind());
    const auto saved = world.list();

    World again = described_by(saved);

    CHECK(to_json_line(again.list()) == to_json_line(saved));
}

TEST_CASE("a saved answer rehearses to the same plan", "[simulation]") {
    World world(two_hosts(), vms_of_every_kind());
    World rehearsed = described_by(world.list());
    auto request = test::shutting_down();
    request.when_saved = GENERATE(WhenObstructed::fail, WhenObstructed::skip);

    const auto plan = world.upgrade(request, true);

    CHECK(to_json_line(rehearsed.upgrade(request, true)) == to_json_line(plan));
    CHECK(plan.targets.size() == 12);
}

TEST_CASE("an answer that Ansible has registered is read past what Ansible adds", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file =
        folder.write("saved.json", R"({"changed": false, "failed": false, "msg": "1", "targets": [],
        "invocation": {"module_args": {"name": ["*"]}}, "ansible_loop_var": "item", "warnings": ["w"],
        "vms": [{"name": "a", "version": "9.0"}]})");

    CHECK(simulation::read_simulation_file(file).vms.size() == 1);
}
