// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"
#include "support/earlier_run.hpp"

using namespace upshift;
using std::chrono::seconds;
using test::asking_for;
using test::described_vm;
using test::shut_down_earlier;
using test::shutting_down;
using test::World;

TEST_CASE("the upgrade job of an earlier run is waited for, then its VM is started",
          "[vm_version][journal]") {
    auto vm = described_vm("web");
    vm.foreign_job = simulation::ForeignJob{.seconds = seconds(100), .polls = {}, .new_version = "10.0"};
    World world({vm});
    world.journal.entries = {shut_down_earlier("web")};

    const auto row = world.upgrade(asking_for("web")).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.state == "running");
    CHECK(row.reason ==
          "It was upgraded by the job of an earlier run and started again; an earlier run had shut "
          "it down.");
    CHECK(world.stored.at(0).upgrade_calls == 0);
    CHECK(world.clock.elapsed() >= seconds(100));
}

TEST_CASE("a guest that an earlier run asked goes off between two looks, and is started again",
          "[vm_version][journal]") {
    World world({described_vm("web", "8.0", "running")});
    world.journal.entries = {shut_down_earlier("web")};
    world.progress.on_event = [&](const ProgressEvent& event) {
        if (event.text == "shutting down") {
            simulation::SimulatedConnector connector(world.model);
            const auto session = connector.connect("hv1", R"(root\virtualization\v2)");
            (void)session->invoke(
                {"Msvm_ComputerSystem", {{"Name", simulation::derived_guid("hv1", "web", 0)}}},
                "RequestStateChange", {{"RequestedState", std::int64_t{3}}});
        }
    };

    const auto row = world.upgrade(shutting_down()).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.state == "running");
    CHECK(world.journal.entries.empty());
}

TEST_CASE("an upgrade that ended between two looks is not done again", "[vm_version][journal]") {
    auto vm = described_vm("web");
    vm.foreign_job = simulation::ForeignJob{.seconds = seconds(1), .polls = {}, .new_version = "10.0"};
    World world({vm});
    world.progress.on_event = [&](const ProgressEvent& event) {
        if (event.kind == ProgressEvent::Kind::begun) {
            world.clock.wait_until(world.clock.now() + seconds(2), {});
        }
    };

    const auto row = world.upgrade(asking_for("web")).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.changed);
    CHECK(world.stored.at(0).upgrade_calls == 0);
}

TEST_CASE("a VM whose upgrade job goes on stays noted, and the next run finishes it",
          "[vm_version][journal]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.upgrade.seconds = seconds(500);
    World world({vm});
    auto request = shutting_down();
    request.timeout = seconds(100);

    const auto first = world.upgrade(request).targets.front();
    CHECK(first.state == "off");
    CHECK_THAT(first.reason, Catch::EndsWith("The next run starts it again."));
    CHECK(world.journal.entries.size() == 1);

    request.timeout = seconds(1000);
    const auto second = world.upgrade(request).targets.front();
    CHECK(second.outcome == Outcome::upgraded);
    CHECK(second.state == "running");
    CHECK(world.journal.entries.empty());
}
