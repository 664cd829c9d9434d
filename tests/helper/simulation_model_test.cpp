// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using cim::NamedValues;
using cim::ObjectPath;
using simulation::CimFault;
using test::described_vm;
using test::World;

namespace {

const simulation::Place hv1{"hv1", simulation::CimNamespace::virtualization};

ObjectPath system_of(const simulation::DescribedVm& vm) {
    return {"Msvm_ComputerSystem", {{"CreationClassName", "Msvm_ComputerSystem"}, {"Name", vm.id}}};
}

ObjectPath service_of(World& world) {
    return world.model->query(hv1, {"Msvm_VirtualSystemManagementService", {"Name"}, {}}).front().path;
}

std::uint32_t upgrade(World& world, const simulation::DescribedVm& vm, const cim::Value& settings) {
    return world.model
        ->invoke(hv1, service_of(world), "UpgradeSystemVersion",
                 {{"ComputerSystem", system_of(vm)}, {"UpgradeSettingData", settings}})
        .return_value;
}

std::uint32_t upgrade(World& world, const simulation::DescribedVm& vm) {
    return upgrade(world, vm, std::string());
}

std::uint32_t request_state(World& world, const simulation::DescribedVm& vm, std::int64_t state) {
    return world.model->invoke(hv1, system_of(vm), "RequestStateChange", {{"RequestedState", state}})
        .return_value;
}

std::int64_t enabled_state(World& world, const simulation::DescribedVm& vm) {
    return *world.model->get(hv1, system_of(vm), {"EnabledState"})->number("EnabledState");
}

std::string version(World& world, const simulation::DescribedVm& vm) {
    return world.model
        ->get(hv1, {"Msvm_VirtualSystemSettingData", {{"InstanceID", "Microsoft:" + vm.id}}}, {"Version"})
        ->text("Version");
}

std::uint32_t fault_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const CimFault& fault) {
        return fault.code();
    }
    return 0;
}

cim::EmbeddedInstance target(const std::string& version) {
    return {"Msvm_VirtualSystemUpgradeSettingData", {{"TargetVersion", version}}};
}

}  // namespace

TEST_CASE("a query gives the columns it names and no others", "[simulation]") {
    const World world({described_vm("web")});

    const auto rows = world.model->query(hv1, {"Msvm_SummaryInformation", {"ElementName", "Version"}, {}});

    REQUIRE(rows.size() == 1);
    CHECK(rows[0].properties == NamedValues{{"ElementName", "web"}, {"Version", "8.0"}});
}

TEST_CASE("a query for a class or a property that is not there is a fault", "[simulation]") {
    World world({described_vm("web")});

    CHECK(fault_of([&] { (void)world.model->query(hv1, {"Msvm_Nothing", {"Name"}, {}}); }) == 0x80041010);
    CHECK(fault_of([&] { (void)world.model->query(hv1, {"Msvm_SummaryInformation", {"Nme"}, {}}); }) ==
          0x80041017);
}

TEST_CASE("checkpoints and VMs are of one class and carry the same identifier", "[simulation]") {
    auto vm = described_vm("web");
    vm.saved_checkpoints = {"monday"};
    const World world({vm});

    const auto rows = world.model->query(hv1, {"Msvm_VirtualSystemSettingData",
                                               {"ElementName", "VirtualSystemType", "IsSaved"},
                                               {{"VirtualSystemIdentifier", vm.id}}});

    REQUIRE(rows.size() == 2);
    CHECK(rows[0].properties == NamedValues{{"ElementName", "web"},
                                            {"VirtualSystemType", "Microsoft:Hyper-V:System:Realized"},
                                            {"IsSaved", false}});
    CHECK(rows[1].properties == NamedValues{{"ElementName", "monday"},
                                            {"VirtualSystemType", "Microsoft:Hyper-V:Snapshot:Realized"},
                                            {"IsSaved", true}});
}

TEST_CASE("the host itself is among the computer systems, under a name that is no GUID", "[simulation]") {
    const World world({described_vm("web")});

    const auto rows = world.model->query(hv1, {"Msvm_ComputerSystem", {"Name"}, {}});

    REQUIRE(rows.size() == 2);
    CHECK(rows[0].text("Name") == "hv1");
}

TEST_CASE("a host without the role has no namespace, one that denies shows nothing", "[simulation]") {
    auto without_role = test::described_host("bare");
    without_role.access = simulation::Access::no_role;
    auto denied = test::described_host("hv1");
    denied.access = simulation::Access::denied;
    World world({without_role, denied}, {described_vm("web")});
    const std::string space = R"(root\virtualization\v2)";

    CHECK(fault_of([&] { (void)world.model->connect("bare", space); }) == 0x8004100E);
    CHECK(fault_of([&] { (void)world.model->connect("elsewhere", space); }) == 0x800706BA);
    CHECK(world.model->connect("HV1", "ROOT/virtualization/V2").host == "HV1");
    CHECK(world.model->query(hv1, {"Msvm_SummaryInformation", {"Name"}, {}}).empty());
    CHECK(world.model->query(hv1, {"Msvm_VirtualSystemManagementService", {"Name"}, {}}).empty());
}

TEST_CASE("only a VM that is off and has no saved checkpoint is upgraded", "[simulation]") {
    const auto running = described_vm("a", "8.0", "running");
    const auto saved = described_vm("b", "8.0", "saved");
    auto checkpointed = described_vm("c");
    checkpointed.saved_checkpoints = {"monday"};
    World world({running, saved, checkpointed});

    CHECK(upgrade(world, running) == 32775);
    CHECK(upgrade(world, saved) == 32775);
    CHECK(upgrade(world, checkpointed) == 32775);
    CHECK(version(world, running) == "8.0");
}

TEST_CASE("every call of the upgrade method is counted", "[simulation]") {
    const auto running = described_vm("a", "8.0", "running");
    World world({running});

    (void)upgrade(world, running);
    (void)upgrade(world, running);

    CHECK(world.stored.at(0).upgrade_calls == 2);
}

TEST_CASE("upgrade settings are an empty text or the target, never NULL", "[simulation]") {
    const auto vm = described_vm("a");
    World world({vm});

    CHECK(upgrade(world, vm, cim::Value()) == 32773);
    CHECK(upgrade(world, vm, std::string("9.0")) == 32773);
    CHECK(upgrade(world, vm, target("9.9")) == 32773);
    CHECK(upgrade(world, vm, target("9.0")) == 4096);
    CHECK(version(world, vm) == "9.0");
}

TEST_CASE("a host without the settings class takes no target", "[simulation]") {
    auto host = test::described_host();
    host.upgrade_settings_class = false;
    const auto vm = described_vm("a");
    World world({host}, {vm});

    CHECK(upgrade(world, vm, target("9.0")) == 32773);
    CHECK_FALSE(world.model->get(hv1, {"Msvm_VirtualSystemUpgradeSettingData", {}}, {}));
}

TEST_CASE("upgrading a VM that is there already is accepted and does nothing", "[simulation]") {
    const auto vm = described_vm("a", "10.5");
    World world({vm});

    CHECK(upgrade(world, vm) == 4096);
    CHECK(version(world, vm) == "10.5");
}

TEST_CASE("a job runs for its time and then takes effect", "[simulation]") {
    auto vm = described_vm("a");
    vm.upgrade.seconds = std::chrono::seconds(10);
    World world({vm});
    const auto job = world.model
                         ->invoke(hv1, service_of(world), "UpgradeSystemVersion",
                                  {{"ComputerSystem", system_of(vm)}, {"UpgradeSettingData", std::string()}})
                         .reference("Job");
    const auto read = [&] { return *world.model->get(hv1, *job, {"JobState", "PercentComplete"}); };

    CHECK(upgrade(world, vm) == 32774);
    CHECK(request_state(world, vm, 2) == 32774);
    world.clock.wait_until(world.clock.now() + std::chrono::seconds(5), {});
    CHECK(read().properties ==
          NamedValues{{"JobState", std::int64_t{4}}, {"PercentComplete", std::int64_t{50}}});
    CHECK(version(world, vm) == "8.0");
    world.clock.wait_until(world.clock.now() + std::chrono::seconds(5), {});
    CHECK(read().properties ==
          NamedValues{{"JobState", std::int64_t{7}}, {"PercentComplete", std::int64_t{100}}});
    CHECK(version(world, vm) == "10.0");
}

TEST_CASE("a VM starts, goes off hard and refuses the state it is in", "[simulation]") {
    const auto vm = described_vm("a");
    World world({vm});

    CHECK(request_state(world, vm, 3) == 32775);
    CHECK(request_state(world, vm, 2) == 4096);
    CHECK(enabled_state(world, vm) == 2);
    CHECK(request_state(world, vm, 3) == 4096);
    CHECK(enabled_state(world, vm) == 3);
}

TEST_CASE("the shutdown component is there only while the VM runs", "[simulation]") {
    const auto on = described_vm("on", "8.0", "running");
    const World world({on, described_vm("off")});

    const auto rows = world.model->query(hv1, {"Msvm_ShutdownComponent", {"SystemName"}, {}});

    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text("SystemName") == on.id);
}

TEST_CASE("a guest takes its time to go off, and a second request finds it under way", "[simulation]") {
    auto vm = described_vm("a", "8.0", "running");
    vm.shutdown.seconds = std::chrono::seconds(30);
    World world({vm});
    const auto component = world.model->query(hv1, {"Msvm_ShutdownComponent", {"SystemName"}, {}}).front();
    const auto shut_down = [&] {
        return world.model
            ->invoke(hv1, component.path, "InitiateShutdown", {{"Force", false}, {"Reason", "test"}})
            .return_value;
    };

    CHECK(shut_down() == 0);
    CHECK(shut_down() == 32782);
    CHECK(enabled_state(world, vm) == 2);
    world.clock.wait_until(world.clock.now() + std::chrono::seconds(30), {});
    CHECK(enabled_state(world, vm) == 3);
}
