// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using test::described_vm;
using test::World;

namespace {

using Names = std::vector<std::string>;

VmVersionRequest discarding() {
    VmVersionRequest request;
    request.when_running = WhenObstructed::act;
    request.when_saved = WhenObstructed::act;
    request.when_checkpoint_saved = WhenObstructed::act;
    return request;
}

}  // namespace

TEST_CASE("a saved VM is upgraded without its saved state and stays off", "[vm_version]") {
    World world({described_vm("web", "8.0", "saved")});

    const auto row = world.upgrade(discarding()).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.version == "10.0");
    CHECK(row.state == "off");
    CHECK(row.discarded == Names{"saved state of the virtual machine"});
    CHECK(row.reason == "It was cleared of saved state and upgraded.");
}

TEST_CASE("check mode names the saved state that would go and keeps it", "[vm_version]") {
    World world({described_vm("web", "8.0", "saved")});

    const auto row = world.upgrade(discarding(), true).targets.front();

    CHECK(row.outcome == Outcome::would_upgrade);
    CHECK(row.discarded == Names{"saved state of the virtual machine"});
    CHECK(world.stored.empty());
}

TEST_CASE("saved state that was thrown away counts as changed though the upgrade failed", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "saved");
    vm.upgrade.return_value = 2;
    World world({vm});

    const auto row = world.upgrade(discarding()).targets.front();

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.changed);
    CHECK(row.discarded == Names{"saved state of the virtual machine"});
    CHECK(row.version == "8.0");
}

TEST_CASE("a VM that is at the wanted version keeps its saved state", "[vm_version]") {
    World world({described_vm("web", "10.0", "saved")});

    const auto answer = world.upgrade(discarding());

    CHECK_FALSE(answer.changed);
    CHECK(world.stored.empty());
}

TEST_CASE("saved state of checkpoints is thrown away after the shutdown, and named", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.saved_checkpoints = {"monday", "tuesday"};
    World world({vm});

    const auto row = world.upgrade(discarding()).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.state == "running");
    CHECK(row.discarded ==
          Names{R"(saved state of checkpoint "monday")", R"(saved state of checkpoint "tuesday")"});
    CHECK(row.reason == "It was shut down, cleared of saved state, upgraded and started again.");
    CHECK_FALSE(world.upgrade(discarding()).changed);
}

TEST_CASE("a guest that does not go off keeps its checkpoints as they are", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.saved_checkpoints = {"monday"};
    vm.shutdown.ignored = true;
    World world({vm});

    const auto row = world.upgrade(discarding()).targets.front();

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.discarded.empty());
    CHECK_FALSE(row.changed);
}

TEST_CASE("a saved VM with saved checkpoints loses all of it in one run", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "saved");
    vm.saved_checkpoints = {"monday"};
    World world({vm});

    const auto planned = world.upgrade(discarding(), true).targets.front();
    const auto row = world.upgrade(discarding()).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.discarded ==
          Names{R"(saved state of checkpoint "monday")", "saved state of the virtual machine"});
    CHECK(row.discarded == planned.discarded);
}
