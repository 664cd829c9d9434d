// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using std::chrono::seconds;
using test::described_vm;
using test::shutting_down;
using test::World;

namespace {

const TargetRow& only_row(const Answer& answer) {
    REQUIRE(answer.targets.size() == 1);
    return answer.targets.front();
}

simulation::DescribedVm running_vm(double shutdown_seconds = 0) {
    auto vm = described_vm("web", "8.0", "running");
    vm.shutdown.seconds = std::chrono::duration<double>(shutdown_seconds);
    return vm;
}

std::int64_t upgrade_calls(const World& world) {
    std::int64_t calls = 0;
    for (const auto& vm : world.stored) {
        calls += vm.upgrade_calls;
    }
    return calls;
}

}  // namespace

TEST_CASE("a VM that is off is upgraded and left off", "[vm_version]") {
    World world({described_vm("web")});

    const auto row = only_row(world.upgrade({}));

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.version_before == "8.0");
    CHECK(row.version == "10.0");
    CHECK(row.state == "off");
    CHECK(row.changed);
    CHECK(row.reason == "It was upgraded.");
}

TEST_CASE("a second run changes nothing and calls nothing", "[vm_version]") {
    World world({described_vm("db"), running_vm()});
    (void)world.upgrade(shutting_down());
    const auto calls = upgrade_calls(world);

    const auto answer = world.upgrade(shutting_down());

    CHECK_FALSE(answer.changed);
    CHECK_FALSE(answer.failed);
    CHECK(upgrade_calls(world) == calls);
}

TEST_CASE("check mode changes nothing and answers with the plan", "[vm_version]") {
    World world({running_vm()});

    const auto row = only_row(world.upgrade(shutting_down(), true));

    CHECK(row.outcome == Outcome::would_upgrade);
    CHECK(row.reason == "It would be shut down, upgraded and started again.");
    CHECK(row.state == "running");
    CHECK(world.stored.empty());
}

TEST_CASE("a running VM is shut down through its guest, upgraded and started again", "[vm_version]") {
    World world({running_vm(20)});

    const auto row = only_row(world.upgrade(shutting_down()));

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.version == "10.0");
    CHECK(row.state == "running");
    CHECK(row.reason == "It was shut down, upgraded and started again.");
}

TEST_CASE("a VM that was shut down stays off where no restart is wanted, and counts as changed",
          "[vm_version]") {
    World world({running_vm()});
    auto request = shutting_down();
    request.restart = false;

    const auto row = only_row(world.upgrade(request));

    CHECK(row.state == "off");
    CHECK(row.reason == "It was shut down, upgraded and left off.");
}

TEST_CASE("a guest that does not go off in time is not forced", "[vm_version]") {
    auto vm = running_vm();
    vm.shutdown.ignored = true;
    World world({vm});
    auto request = shutting_down();
    request.shutdown_timeout = seconds(40);

    const auto row = only_row(world.upgrade(request));

    CHECK(row.outcome == Outcome::failed);
    CHECK_FALSE(row.changed);
    CHECK(row.state == "running");
    CHECK(row.error->kind == ErrorKind::timeout);
    CHECK(row.reason ==
          "Its guest did not go off within 40 seconds and was not forced. It may still go off. Look into the "
          "guest, or raise shutdown_timeout. It is now at version 8.0 and running. If it goes off, the next "
          "run starts it again.");
    CHECK(upgrade_calls(world) == 0);
}

TEST_CASE("a guest that refuses to shut down keeps its VM running and untouched", "[vm_version]") {
    auto vm = running_vm();
    vm.shutdown.return_value = 32781;
    World world({vm});

    const auto row = only_row(world.upgrade(shutting_down()));

    CHECK(row.error->kind == ErrorKind::refused);
    CHECK(row.error->code == "32781");
    CHECK(row.state == "running");
    CHECK(upgrade_calls(world) == 0);
}

TEST_CASE("a guest without the shutdown service cannot be asked", "[vm_version]") {
    auto vm = running_vm();
    vm.heartbeat = "no_contact";
    World world({vm});

    const auto row = only_row(world.upgrade(shutting_down()));

    CHECK(row.error->kind == ErrorKind::wrong_state);
    CHECK(row.error->found == "its guest cannot be asked: the shutdown service is not there");
}

TEST_CASE("a VM is started again also when its upgrade failed", "[vm_version]") {
    auto vm = running_vm();
    vm.upgrade.return_value = 32770;
    World world({vm});

    const auto row = only_row(world.upgrade(shutting_down()));

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->kind == ErrorKind::not_supported);
    CHECK(row.state == "running");
    CHECK_FALSE(row.changed);
}

TEST_CASE("an upgrade job that fails is told with all the job says", "[vm_version]") {
    auto vm = described_vm("web");
    vm.upgrade.job_state = 10;
    vm.upgrade.error_code = 32779;
    vm.upgrade.error_description = "The file web.vmcx was not found.";
    World world({vm});

    const auto row = only_row(world.upgrade({}));

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->code == "32779");
    CHECK(row.error->cause == "The file web.vmcx was not found.");
    CHECK_FALSE(row.changed);
}

TEST_CASE("a job that completes with warnings succeeds and reports them", "[vm_version]") {
    auto vm = described_vm("web");
    vm.upgrade.job_state = 32768;
    vm.upgrade.error_description = "The host is low on memory.";
    World world({vm});

    const auto answer = world.upgrade({});

    CHECK(only_row(answer).outcome == Outcome::upgraded);
    CHECK(answer.warnings == std::vector<std::string>{"The upgrade of \"web\" completed with warnings: The "
                                                      "host is low on memory."});
}

TEST_CASE("an upgrade job that outlives the timeout is left alone with its VM", "[vm_version]") {
    auto vm = running_vm();
    vm.upgrade.seconds = std::chrono::hours(10);
    World world({vm});
    auto request = shutting_down();
    request.timeout = seconds(120);

    const auto row = only_row(world.upgrade(request));

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->kind == ErrorKind::timeout);
    CHECK(row.error->found == "its upgrade job is still under way after 120 seconds");
    CHECK(row.state == "off");
    CHECK(row.changed);
    CHECK(row.duration_ms == 120000);
}

TEST_CASE("a chosen version is reached through the upgrade settings", "[vm_version]") {
    World world({described_vm("web")});
    VmVersionRequest request;
    request.version = ConfigurationVersion{9, 0};

    CHECK(only_row(world.upgrade(request)).version == "9.0");
}

TEST_CASE("VMs are worked on at once up to the number asked for", "[vm_version]") {
    std::vector<simulation::DescribedVm> vms;
    for (int i = 0; i < 8; ++i) {
        vms.push_back(described_vm("vm" + std::to_string(i)));
        vms.back().upgrade.seconds = seconds(100);
    }
    World world(vms, 4);
    VmVersionRequest request;
    request.parallel = 4;

    const auto answer = world.upgrade(request);

    CHECK_FALSE(answer.failed);
    CHECK(world.clock.elapsed() >= seconds(200));
    CHECK(world.clock.elapsed() < seconds(230));
}

TEST_CASE("one failing VM does not stop the others", "[vm_version]") {
    auto bad = described_vm("bad");
    bad.upgrade.return_value = 2;
    World world({bad, described_vm("good")});

    const auto answer = world.upgrade({});

    CHECK(answer.failed);
    CHECK(answer.changed);
    CHECK(answer.targets[0].outcome == Outcome::failed);
    CHECK(answer.targets[1].outcome == Outcome::upgraded);
}

TEST_CASE("after a failure no further VM is begun where that is wanted", "[vm_version]") {
    auto bad = described_vm("bad");
    bad.upgrade.return_value = 2;
    World world({described_vm("first"), bad, described_vm("last")});
    VmVersionRequest request;
    request.stop_on_failure = true;
    request.parallel = 1;

    const auto answer = world.upgrade(request);

    CHECK(answer.targets[0].outcome == Outcome::upgraded);
    CHECK(answer.targets[2].outcome == Outcome::skipped);
    CHECK(answer.targets[2].version == "8.0");
    CHECK(answer.targets[2].reason == "It was not begun: another one failed, and stop_on_failure is set.");
}

TEST_CASE("a failure that is known beforehand stops those after it, in check mode too", "[vm_version]") {
    World world({described_vm("first"), described_vm("saved", "8.0", "saved"), described_vm("last")});
    VmVersionRequest request;
    request.stop_on_failure = true;

    const auto planned = world.upgrade(request, true);
    const auto done = world.upgrade(request);

    CHECK(planned.targets[0].outcome == Outcome::would_upgrade);
    CHECK(done.targets[0].outcome == Outcome::upgraded);
    CHECK(planned.targets[2].outcome == Outcome::skipped);
    CHECK(done.targets[2].outcome == Outcome::skipped);
}

TEST_CASE("progress tells begin, steps and end of every VM", "[vm_version]") {
    World world({running_vm()});
    (void)world.upgrade(shutting_down());

    std::vector<std::string> texts;
    texts.reserve(world.progress.events.size());
    for (const auto& event : world.progress.events) {
        texts.push_back(event.target + ":" + event.text);
    }
    CHECK(texts == std::vector<std::string>{"web:", "web:shutting down", "web:upgrading",
                                            "web:starting again", "web:upgraded"});
    CHECK(world.progress.events.back().done == 1);
    CHECK(world.progress.events.back().total == 1);
}
