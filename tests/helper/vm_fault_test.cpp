// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using std::chrono::seconds;
using test::described_vm;
using test::World;

namespace {

constexpr std::uint32_t call_failed = 0x800706BE;
constexpr std::uint32_t access_denied = 0x80041003;

simulation::DescribedFault at_method(const std::string& method, std::uint32_t code, bool takes_effect) {
    return {.kind = "invoke", .subject = method, .code = code, .takes_effect = takes_effect};
}

/// Shuts one running VM down, upgrades it and starts it, with that fault on the way.
TargetRow upgrade_with(World& world, const simulation::DescribedFault& fault) {
    simulation::SimulatedConnector connector(
        world.model, std::make_shared<simulation::FaultPlan>(std::vector{fault}, nullptr));
    return world.upgrade_over(connector, test::shutting_down()).targets.front();
}

std::int64_t calls_of(const World& world, const std::string& method) {
    const auto& calls = world.stored.at(0).history.calls;
    const auto found = calls.find(method);
    return found == calls.end() ? 0 : found->second;
}

}  // namespace

TEST_CASE("a method whose answer is lost is not sent again", "[vm_version][faults]") {
    const std::string method = GENERATE("InitiateShutdown", "UpgradeSystemVersion", "RequestStateChange");
    auto vm = described_vm("web", "8.0", "running");
    vm.shutdown.seconds = seconds(20);
    vm.upgrade.seconds = seconds(20);
    World world({vm});

    const auto row = upgrade_with(world, at_method(method, call_failed, true));

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.version == "10.0");
    CHECK(row.state == "running");
    CHECK(calls_of(world, method) == 1);
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a start that a passing fault kept from running is sent again", "[vm_version][faults]") {
    World world({described_vm("web", "8.0", "running")});

    auto fault = at_method("RequestStateChange", call_failed, false);
    fault.times = 2;
    const auto row = upgrade_with(world, fault);

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.state == "running");
    CHECK(calls_of(world, "RequestStateChange") == 1);
}

TEST_CASE("a start is not tried for ever, and the next run does it", "[vm_version][faults]") {
    World world({described_vm("web", "8.0", "running")});
    auto fault = at_method("RequestStateChange", call_failed, false);
    fault.times = 1000;

    const auto row = upgrade_with(world, fault);

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->kind == ErrorKind::connection);
    CHECK(row.state == "off");
    CHECK_THAT(row.reason,
               Catch::EndsWith("It is now at version 10.0 and off. The next run starts it again."));

    const auto again = world.upgrade(test::shutting_down()).targets.front();
    CHECK(again.outcome == Outcome::unchanged);
    CHECK(again.state == "running");
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a start that is denied is told at once", "[vm_version][faults]") {
    World world({described_vm("web", "8.0", "running")});

    const auto row = upgrade_with(world, at_method("RequestStateChange", access_denied, false));

    CHECK(row.error->kind == ErrorKind::access_denied);
    CHECK(row.state == "off");
    CHECK(world.journal.entries.size() == 1);
}

TEST_CASE("a shutdown that is denied leaves its VM running and nothing noted", "[vm_version][faults]") {
    World world({described_vm("web", "8.0", "running")});

    const auto row = upgrade_with(world, at_method("InitiateShutdown", access_denied, false));

    CHECK(row.error->kind == ErrorKind::access_denied);
    CHECK(row.state == "running");
    CHECK_FALSE(row.changed);
    CHECK(world.journal.entries.empty());
    CHECK(world.clock.elapsed() < seconds(10));
}

TEST_CASE("an upgrade that is denied leaves its VM running as before", "[vm_version][faults]") {
    World world({described_vm("web", "8.0", "running")});

    const auto row = upgrade_with(world, at_method("UpgradeSystemVersion", access_denied, false));

    CHECK(row.error->kind == ErrorKind::access_denied);
    CHECK(row.version == "8.0");
    CHECK(row.state == "running");
    CHECK_FALSE(row.changed);
    CHECK(world.journal.entries.empty());
}
