// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/model_calls.hpp"

using namespace upshift;
using cim::NamedValues;
using cim::ObjectPath;
using test::described_vm;
using test::World;

namespace {

const simulation::Place hv1 = test::hyper_v_of("hv1");

std::vector<ObjectPath> jobs_on(World& world, const simulation::DescribedVm& vm) {
    std::vector<ObjectPath> jobs;
    for (const auto& row :
         world.model->references(hv1, test::system_of(vm), "Msvm_AffectedJobElement", {"AffectingElement"})) {
        jobs.push_back(std::get<ObjectPath>(*row.find("AffectingElement")));
    }
    return jobs;
}

std::int64_t job_state(World& world, const ObjectPath& job) {
    return world.model->get(hv1, job, {"JobState"})->number("JobState").value_or(-1);
}

void pass(World& world, std::chrono::seconds time) {
    world.clock.wait_until(world.clock.now() + time, {});
}

simulation::DescribedVm with_foreign_job(std::chrono::seconds time) {
    auto vm = described_vm("web");
    vm.foreign_job = simulation::ForeignJob{.seconds = time, .polls = std::nullopt, .new_version = ""};
    return vm;
}

simulation::DescribedVm with_checkpoints(std::vector<std::string> names) {
    auto vm = described_vm("web");
    vm.saved_checkpoints = std::move(names);
    return vm;
}

/// The settings of checkpoints, with "name saved" or "name" of each.
std::vector<std::pair<ObjectPath, std::string>> checkpoints(World& world) {
    std::vector<std::pair<ObjectPath, std::string>> found;
    for (const auto& row :
         world.model->query(hv1, {"Msvm_VirtualSystemSettingData",
                                  {"ElementName", "IsSaved"},
                                  {{"VirtualSystemType", "Microsoft:Hyper-V:Snapshot:Realized"}}})) {
        const bool is_saved = std::get<bool>(*row.find("IsSaved"));
        found.emplace_back(row.path, row.text("ElementName") + (is_saved ? " saved" : ""));
    }
    return found;
}

std::uint32_t clear(World& world, const ObjectPath& checkpoint) {
    const auto service = test::only_one(world, hv1, "Msvm_VirtualSystemSnapshotService");
    return world.model->invoke(hv1, service, "ClearSnapshotState", {{"SnapshotSettingData", checkpoint}})
        .return_value;
}

}  // namespace

TEST_CASE("while another client's job is on a VM, every method on it finds it in use", "[simulation]") {
    const auto vm = with_foreign_job(std::chrono::seconds(30));
    World world({vm});

    CHECK(test::upgrade_vm(world, vm).return_value == 32774);
    CHECK(test::request_state(world, vm, 2).return_value == 32774);
    pass(world, std::chrono::seconds(30));
    CHECK(test::upgrade_vm(world, vm).return_value == 4096);
}

TEST_CASE("a job under way is found by its VM, and is not once it has ended", "[simulation]") {
    const auto vm = with_foreign_job(std::chrono::seconds(30));
    World world({vm, described_vm("other")});

    const auto jobs = jobs_on(world, vm);

    REQUIRE(jobs.size() == 1);
    CHECK(job_state(world, jobs[0]) == 4);
    CHECK(jobs_on(world, described_vm("other")).empty());
    pass(world, std::chrono::seconds(30));
    CHECK(job_state(world, jobs[0]) == 7);
    CHECK(jobs_on(world, vm).empty());
}

TEST_CASE("another client's job leaves behind the version it was about", "[simulation]") {
    auto vm = described_vm("web");
    vm.foreign_job = simulation::ForeignJob{.seconds = {}, .polls = 2, .new_version = "9.0"};
    World world({vm});
    const auto job = jobs_on(world, vm).at(0);

    CHECK(job_state(world, job) == 4);
    CHECK(test::version_of(world, vm) == "8.0");
    CHECK(job_state(world, job) == 7);
    CHECK(test::version_of(world, vm) == "9.0");
}

TEST_CASE("a job that vanishes takes effect and leaves no instance", "[simulation]") {
    auto vm = described_vm("web");
    vm.upgrade.vanishes = true;
    vm.upgrade.polls = 1;
    World world({vm});

    const auto job = test::upgrade_vm(world, vm).reference("Job");

    REQUIRE(job);
    CHECK_FALSE(world.model->get(hv1, *job, {"JobState"}));
    CHECK(test::version_of(world, vm) == "10.0");
}

TEST_CASE("the errors of a job are texts that the service puts into words", "[simulation]") {
    auto vm = described_vm("web");
    vm.upgrade.job_state = 10;
    vm.upgrade.errors = {"The disk <C:> is \"gone\" & lost.", "Nothing was changed."};
    World world({vm});
    const auto job = test::upgrade_vm(world, vm).reference("Job");

    const auto errors = world.model->invoke(hv1, *job, "GetErrorEx", {}).out;
    const auto words = world.model->invoke(
        hv1, test::only_one(world, hv1, "Msvm_VirtualSystemManagementService"), "FormatError", errors);

    REQUIRE(errors.size() == 1);
    CHECK(std::get<std::vector<std::string>>(errors[0].second).size() == 2);
    CHECK(words.out ==
          NamedValues{{"ErrorMessage", "The disk <C:> is \"gone\" & lost.\nNothing was changed."}});
}

TEST_CASE("a job that is under way tells no errors", "[simulation]") {
    auto vm = described_vm("web");
    vm.upgrade.seconds = std::chrono::seconds(10);
    vm.upgrade.job_state = 10;
    vm.upgrade.errors = {"lost"};
    World world({vm});
    const auto job = test::upgrade_vm(world, vm).reference("Job");

    CHECK(world.model->invoke(hv1, *job, "GetErrorEx", {}).out ==
          NamedValues{{"Errors", std::vector<std::string>{}}});
}

TEST_CASE("clearing a checkpoint's saved state leaves the checkpoint", "[simulation]") {
    World world({with_checkpoints({"monday", "tuesday"})});

    CHECK(clear(world, checkpoints(world).at(0).first) == 4096);

    CHECK(checkpoints(world).at(0).second == "tuesday saved");
    CHECK(checkpoints(world).at(1).second == "monday");
    CHECK(world.stored.at(0).saved_checkpoints == std::vector<std::string>{"tuesday"});
}

TEST_CASE("of several checkpoints of one name each is cleared once", "[simulation]") {
    World world({with_checkpoints({"monday", "monday", "monday"})});

    for (const auto& [checkpoint, label] : checkpoints(world)) {
        CHECK(clear(world, checkpoint) == 4096);
        CHECK(world.model->get(hv1, checkpoint, {"IsSaved"})->properties == NamedValues{{"IsSaved", false}});
    }

    CHECK(checkpoints(world).size() == 3);
    CHECK(world.stored.at(0).saved_checkpoints.empty());
}

TEST_CASE("a VM is upgraded once none of its checkpoints holds saved state", "[simulation]") {
    const auto vm = with_checkpoints({"monday"});
    World world({vm});

    CHECK(test::upgrade_vm(world, vm).return_value == 32775);
    CHECK(clear(world, checkpoints(world).at(0).first) == 4096);
    CHECK(test::upgrade_vm(world, vm).return_value == 4096);
}

TEST_CASE("a checkpoint without saved state has none to clear", "[simulation]") {
    const auto vm = with_checkpoints({"monday"});
    World world({vm});
    (void)clear(world, checkpoints(world).at(0).first);

    CHECK(test::fault_of([&] { (void)clear(world, checkpoints(world).at(0).first); }) == 0x80041002);
    CHECK(test::fault_of([&] { (void)clear(world, test::settings_of(vm)); }) == 0x80041002);
}

TEST_CASE("a guest that was turned off hard and started again stays on", "[simulation]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.shutdown.seconds = std::chrono::seconds(30);
    World world({vm});
    const auto component = world.model->query(hv1, {"Msvm_ShutdownComponent", {"SystemName"}, {}}).at(0).path;
    (void)world.model->invoke(hv1, component, "InitiateShutdown", {{"Force", false}, {"Reason", "test"}});

    (void)test::request_state(world, vm, 3);
    (void)test::request_state(world, vm, 2);
    pass(world, std::chrono::seconds(60));

    CHECK(world.model->get(hv1, test::system_of(vm), {"EnabledState"})->number("EnabledState") == 2);
}

TEST_CASE("what a host accepted is counted by method, what it refused is not", "[simulation]") {
    const auto vm = described_vm("web", "8.0", "running");
    World world({vm});

    (void)test::upgrade_vm(world, vm);
    (void)test::request_state(world, vm, 3);
    (void)test::request_state(world, vm, 3);
    (void)test::upgrade_vm(world, vm);

    CHECK(world.stored.at(0).history.calls ==
          std::map<std::string, std::int64_t>{{"RequestStateChange", 1}, {"UpgradeSystemVersion", 1}});
    CHECK(world.stored.at(0).upgrade_calls == 2);
}
