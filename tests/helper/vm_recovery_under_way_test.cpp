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

namespace {

/// A VM that is off, with an upgrade job that outlives the first run by far.
World with_long_job(std::int64_t job_state = 7) {
    auto vm = described_vm("web");
    vm.upgrade.seconds = seconds(500);
    vm.upgrade.job_state = job_state;
    return World({vm});
}

TargetRow upgrade_within(World& world, seconds timeout) {
    VmVersionRequest request;
    request.timeout = timeout;
    return world.upgrade(request).targets.front();
}

}  // namespace

TEST_CASE("an upgrade job that outlives the run is noted, and is the tool's own to the next",
          "[vm_version][journal]") {
    auto world = with_long_job();
    CHECK(upgrade_within(world, seconds(100)).error->found ==
          "its upgrade job is still under way after 100 seconds");
    REQUIRE(world.journal.entries.size() == 1);
    CHECK_FALSE(world.journal.entries.front().restart);

    const auto second = upgrade_within(world, seconds(100));
    CHECK(second.error->kind == ErrorKind::timeout);
    CHECK(second.error->found == "the upgrade job of an earlier run is still under way after 100 seconds");
    CHECK(second.error->cause.empty());
    CHECK(world.journal.entries.size() == 1);

    const auto third = upgrade_within(world, seconds(1000));
    CHECK(third.outcome == Outcome::upgraded);
    CHECK(third.state == "off");
    CHECK(third.reason == "It was upgraded by the job of an earlier run.");
    CHECK(world.stored.at(0).upgrade_calls == 1);
    CHECK(world.journal.entries.empty());
}

TEST_CASE("an upgrade job of an earlier run that fails is told, and the upgrade is tried anew",
          "[vm_version][journal]") {
    auto world = with_long_job(10);
    (void)upgrade_within(world, seconds(100));

    const auto answer = world.upgrade({});

    CHECK(world.stored.at(0).upgrade_calls == 2);
    CHECK(answer.targets.front().error->kind == ErrorKind::failed);
    REQUIRE(answer.warnings.size() == 1);
    CHECK_THAT(answer.warnings.front(), Catch::StartsWith("The upgrade job of an earlier run failed: "));
    CHECK(world.journal.entries.empty());
}

TEST_CASE("an upgrade job stays noted while it goes on, whoever is asked for", "[vm_version][journal]") {
    auto vm = described_vm("web");
    vm.upgrade.seconds = seconds(500);
    World world({vm, described_vm("other", "10.0")});
    auto request = asking_for("web");
    request.timeout = seconds(100);
    (void)world.upgrade(request);

    const auto meanwhile = world.upgrade(asking_for("other"));
    CHECK(meanwhile.targets.size() == 1);
    CHECK(meanwhile.warnings.empty());
    CHECK(world.journal.entries.size() == 1);

    world.clock.wait_until(world.clock.now() + seconds(500), {});
    (void)world.upgrade(asking_for("other"));
    CHECK(world.journal.entries.empty());
}

TEST_CASE("where an upgrade job cannot be noted there is a warning, and the job is waited for",
          "[vm_version][journal]") {
    auto world = with_long_job();
    world.journal.full = true;

    const auto answer = world.upgrade({});

    CHECK(answer.targets.front().outcome == Outcome::upgraded);
    REQUIRE(answer.warnings.size() == 1);
    CHECK_THAT(answer.warnings.front(), Catch::Contains("disk is full"));
}

TEST_CASE("another client's job is told once where it keeps a VM from being started again",
          "[vm_version][journal]") {
    auto vm = described_vm("web");
    vm.foreign_job = simulation::ForeignJob{.seconds = seconds(1000), .polls = {}, .new_version = ""};
    World world({vm});
    world.journal.entries = {shut_down_earlier("web")};

    const auto row = upgrade_within(world, seconds(100));

    const std::string told = "nother client's job on it is still under way";
    CHECK(row.reason.find(told) == row.reason.rfind(told));
    CHECK_THAT(row.reason, Catch::Contains(told) && Catch::EndsWith("The next run starts it again."));
    CHECK(world.journal.entries.size() == 1);
}

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
