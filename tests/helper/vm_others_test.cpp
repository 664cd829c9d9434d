// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using std::chrono::seconds;
using test::described_vm;
using test::World;

namespace {

simulation::DescribedVm busy_vm(int job_seconds, const std::string& new_version = "",
                                const std::string& state = "off") {
    auto vm = described_vm("web", "8.0", state);
    vm.foreign_job = simulation::ForeignJob{.seconds = seconds(job_seconds), .new_version = new_version};
    return vm;
}

std::int64_t upgrade_calls(const World& world) {
    return world.stored.empty() ? 0 : world.stored.front().upgrade_calls;
}

}  // namespace

TEST_CASE("another client's job is waited for before anything is done", "[vm_version]") {
    World world({busy_vm(60)});

    const auto row = world.upgrade({}).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(upgrade_calls(world) == 1);
    CHECK(world.clock.elapsed() >= seconds(60));
}

TEST_CASE("a VM that somebody else has upgraded meanwhile is told as upgraded, by them", "[vm_version]") {
    World world({busy_vm(60, "10.0")});

    const auto row = world.upgrade({}).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.changed);
    CHECK(row.version == "10.0");
    CHECK(row.reason == "It was upgraded by somebody else meanwhile.");
    CHECK(upgrade_calls(world) == 0);
}

TEST_CASE("a running VM stays on while another client is at work on it", "[vm_version]") {
    World world({busy_vm(60, "10.0", "running")});

    const auto row = world.upgrade(test::shutting_down()).targets.front();

    CHECK(row.state == "running");
    CHECK(row.reason == "It was upgraded by somebody else meanwhile.");
}

TEST_CASE("another client's job that outlives the timeout fails the VM as busy", "[vm_version]") {
    World world({busy_vm(10000)});
    VmVersionRequest request;
    request.timeout = seconds(100);

    const auto row = world.upgrade(request).targets.front();

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->kind == ErrorKind::busy);
    CHECK(row.error->found == "another client's job on it is still under way after 100 seconds");
    CHECK_FALSE(row.changed);
    CHECK(upgrade_calls(world) == 0);
}

TEST_CASE("a run told to stop no longer waits for another client", "[vm_version]") {
    World world({busy_vm(10000)});
    world.clock.at(seconds(10), [&] { world.stop.request_stop(); });

    const auto answer = world.upgrade({});

    CHECK(answer.targets.front().error->kind == ErrorKind::cancelled);
    CHECK(answer.error->kind == ErrorKind::cancelled);
    CHECK(world.clock.elapsed() < seconds(20));
}

TEST_CASE("a VM in use by nobody who can be seen is tried again, then fails as busy", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.upgrade.return_value = 32774;
    World world({vm});

    const auto row = world.upgrade(test::shutting_down()).targets.front();

    CHECK(row.error->kind == ErrorKind::busy);
    CHECK(row.error->code == "32774");
    CHECK(row.error->code_family == "UpgradeSystemVersion");
    CHECK(row.state == "running");
    CHECK(upgrade_calls(world) == 3);
}

TEST_CASE("a failed job is told with all the texts there are, each once", "[vm_version]") {
    auto vm = described_vm("web");
    vm.upgrade.job_state = 10;
    vm.upgrade.error_code = 32768;
    vm.upgrade.error_description = "The upgrade failed.";
    vm.upgrade.errors = {"The upgrade failed.", "The disk is full."};
    World world({vm});

    const auto cause = world.upgrade({}).targets.front().error->cause;

    CHECK_THAT(cause, Catch::StartsWith("The upgrade failed."));
    CHECK_THAT(cause, Catch::Contains("The disk is full."));
}

TEST_CASE("a job that vanishes is decided by the version", "[vm_version]") {
    auto vm = described_vm("web");
    vm.upgrade.vanishes = true;
    vm.upgrade.seconds = seconds(5);
    SECTION("reached") {
        World world({vm});
        CHECK(world.upgrade({}).targets.front().outcome == Outcome::upgraded);
    }
    SECTION("not reached") {
        vm.upgrade.job_state = 10;
        World world({vm});
        const auto row = world.upgrade({}).targets.front();
        CHECK(row.outcome == Outcome::failed);
        CHECK(row.error->found == "its upgrade job is gone, but it is still at version 8.0");
    }
}

TEST_CASE("a host from before the method is read all the same, and upgrades nothing", "[vm_version]") {
    auto host = test::described_host();
    host.build = "9600";
    host.default_version = ConfigurationVersion{5, 0};
    host.supported_versions = {{5, 0}};
    auto vm = described_vm("web", "5.0");
    VmVersionRequest request;
    World world({host}, {vm});
    CHECK(world.upgrade(request).targets.front().outcome == Outcome::unchanged);

    request.version = ConfigurationVersion{8, 0};
    const auto row = world.upgrade(request).targets.front();

    CHECK(row.version_before == "5.0");
    CHECK(row.error->kind == ErrorKind::not_supported);
    CHECK_THAT(row.reason, Catch::StartsWith("Host \"hv1\" (build 9600) has no UpgradeSystemVersion method"));
}
