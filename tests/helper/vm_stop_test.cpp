// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using std::chrono::seconds;
using test::described_vm;
using test::shutting_down;
using test::World;

namespace {

simulation::DescribedVm slow_guest(double shutdown_seconds) {
    auto vm = described_vm("web", "8.0", "running");
    vm.shutdown.seconds = std::chrono::duration<double>(shutdown_seconds);
    return vm;
}

Answer upgrade_and_stop_after(World& world, seconds time) {
    world.clock.at(time, [&] { world.stop.request_stop(); });
    auto request = shutting_down();
    request.parallel = 1;
    return world.upgrade(request);
}

}  // namespace

TEST_CASE("a run told to stop starts a VM again that went off but was not begun upgrading", "[vm_version]") {
    World world({slow_guest(12)});

    const auto answer = upgrade_and_stop_after(world, seconds(10));

    const auto& row = answer.targets.front();
    CHECK(row.error->kind == ErrorKind::cancelled);
    CHECK(row.version == "8.0");
    CHECK(row.state == "running");
    CHECK_FALSE(row.changed);
    CHECK(row.reason ==
          "The run was told to stop before the upgrade was begun. Run it again to do what is left. It is now "
          "at version 8.0 and running.");
    CHECK(world.clock.elapsed() <= seconds(20));
}

TEST_CASE("a run told to stop tells of a guest that may still go off", "[vm_version]") {
    World world({slow_guest(200)});

    const auto answer = upgrade_and_stop_after(world, seconds(10));

    CHECK(answer.targets.front().error->found ==
          "the run was told to stop while its guest was shutting down, and it may still go off");
    CHECK(answer.targets.front().state == "running");
    CHECK(world.clock.elapsed() <= seconds(20));
}

TEST_CASE("a run told to stop leaves an upgrade job and its VM alone", "[vm_version]") {
    auto vm = slow_guest(0);
    vm.upgrade.seconds = seconds(500);
    World world({vm});

    const auto answer = upgrade_and_stop_after(world, seconds(10));

    const auto& row = answer.targets.front();
    CHECK(row.error->kind == ErrorKind::cancelled);
    CHECK(row.error->found ==
          "the run was told to stop while its upgrade job was under way; the job goes on");
    CHECK(row.state == "off");
    CHECK(row.changed);
    CHECK(world.clock.elapsed() <= seconds(20));
}

TEST_CASE("a run told to stop begins no further VM and says so", "[vm_version]") {
    auto vm = described_vm("first");
    vm.upgrade.seconds = seconds(500);
    World world({vm, described_vm("second")});

    const auto answer = upgrade_and_stop_after(world, seconds(10));

    CHECK(answer.failed);
    CHECK(answer.error->kind == ErrorKind::cancelled);
    CHECK(answer.targets[1].outcome == Outcome::skipped);
    CHECK(answer.targets[1].version == "8.0");
    CHECK(answer.targets[1].reason == "It was not begun: the run was told to stop.");
}
