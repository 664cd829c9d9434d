// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using std::chrono::seconds;
using test::described_vm;
using test::World;

namespace {

simulation::DescribedVm guest_that_takes(double shutdown_seconds) {
    auto vm = described_vm("web", "8.0", "running");
    vm.shutdown.seconds = std::chrono::duration<double>(shutdown_seconds);
    return vm;
}

VmVersionRequest patient_for(int shutdown_seconds) {
    auto request = test::shutting_down();
    request.shutdown_timeout = seconds(shutdown_seconds);
    request.timeout = seconds(600);
    return request;
}

VmVersionRequest forcing() {
    auto request = patient_for(40);
    request.force_off = true;
    return request;
}

}  // namespace

TEST_CASE("a guest that goes off late is started again and its VM told as failed", "[vm_version]") {
    World world({guest_that_takes(100)});

    const auto row = world.upgrade(patient_for(40)).targets.front();

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->kind == ErrorKind::timeout);
    CHECK(row.state == "running");
    CHECK_FALSE(row.changed);
    CHECK_THAT(row.reason, Catch::Contains("It went off later and was started again."));
    CHECK(row.version == "8.0");
    CHECK(world.clock.elapsed() < seconds(110));
}

TEST_CASE("a guest that goes off late stays off where no restart is wanted", "[vm_version]") {
    World world({guest_that_takes(100)});
    auto request = patient_for(40);
    request.restart = false;

    const auto row = world.upgrade(request).targets.front();

    CHECK(row.state == "off");
    CHECK(row.changed);
    CHECK_THAT(row.reason, Catch::Contains("It went off later. It is now at version 8.0 and off."));
}

TEST_CASE("a guest that never goes off is watched until the VM's time is up", "[vm_version]") {
    auto vm = guest_that_takes(0);
    vm.shutdown.ignored = true;
    World world({vm});

    const auto row = world.upgrade(patient_for(40)).targets.front();

    CHECK(row.state == "running");
    CHECK(world.clock.elapsed() >= seconds(600));
    CHECK(world.clock.elapsed() < seconds(602));
}

TEST_CASE("a VM that is watched does not keep the next one waiting", "[vm_version]") {
    auto next = described_vm("next");
    World world({guest_that_takes(500), next}, 2);
    auto request = patient_for(40);
    request.parallel = 1;
    std::chrono::nanoseconds begun{0};
    world.progress.on_event = [&](const ProgressEvent& event) {
        if (event.target == "next" && event.kind == ProgressEvent::Kind::begun) {
            begun = world.clock.elapsed();
        }
    };

    const auto answer = world.upgrade(request);

    CHECK(answer.targets[1].outcome == Outcome::upgraded);
    CHECK(begun < seconds(50));
}

TEST_CASE("a run told to stop no longer watches a guest", "[vm_version]") {
    World world({guest_that_takes(500)});
    world.clock.at(seconds(100), [&] { world.stop.request_stop(); });

    const auto row = world.upgrade(patient_for(40)).targets.front();

    CHECK(row.error->kind == ErrorKind::timeout);
    CHECK(world.clock.elapsed() < seconds(110));
}

TEST_CASE("a guest that does not go off in time is turned off hard where asked", "[vm_version]") {
    World world({guest_that_takes(500)});

    const auto row = world.upgrade(forcing()).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.state == "running");
    CHECK(row.reason == "It was turned off hard, upgraded and started again.");
    CHECK(world.clock.elapsed() >= seconds(40));
}

TEST_CASE("a guest that refuses or cannot be asked is turned off hard where asked", "[vm_version]") {
    auto vm = guest_that_takes(0);
    SECTION("it is locked") {
        vm.shutdown.return_value = 32781;
    }
    SECTION("it has no shutdown service") {
        vm.heartbeat = "no_contact";
    }
    SECTION("it is never ready") {
        vm.heartbeat = "lost_communication";
    }
    World world({vm});

    const auto row = world.upgrade(forcing()).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.reason == "It was turned off hard, upgraded and started again.");
}

TEST_CASE("a guest that is never ready is asked until the time for it is over", "[vm_version]") {
    auto vm = guest_that_takes(0);
    vm.heartbeat = "lost_communication";
    World world({vm});

    const auto row = world.upgrade(patient_for(40)).targets.front();

    CHECK(row.error->kind == ErrorKind::busy);
    CHECK(row.error->code == "32780");
    CHECK(row.state == "running");
    CHECK(world.clock.elapsed() >= seconds(40));
    CHECK(world.clock.elapsed() < seconds(41));
}

TEST_CASE("a guest that is going off already is waited for", "[vm_version]") {
    auto vm = guest_that_takes(20);
    World world({vm});
    simulation::SimulatedConnector connector(world.model);
    const auto session = connector.connect("hv1", R"(root\virtualization\v2)");
    const auto component = session->query({"Msvm_ShutdownComponent", {"SystemName"}, {}}).front();
    (void)session->invoke(component.path, "InitiateShutdown",
                          {{"Force", false}, {"Reason", std::string("by hand")}});

    const auto row = world.upgrade(patient_for(40)).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.state == "running");
}
