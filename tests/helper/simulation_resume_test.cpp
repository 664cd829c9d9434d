// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "simulation/vm_state.hpp"
#include "support/description.hpp"
#include "support/model_calls.hpp"

// What a run leaves under way goes on by the time of day, for the run that comes after it.

using namespace upshift;
using cim::NamedValues;
using cim::ObjectPath;
using std::chrono::seconds;

namespace {

const simulation::Place hv1 = test::hyper_v_of("hv1");

/// One run after the other over one file; none of them ends in any order: what is not in the file is lost.
class Runs {
  public:
    explicit Runs(const std::string& vms)
        : file_(folder_.write("host.json", R"({"hosts": [
        {"name": "hv1", "default_version": "10.0"}, {"name": "hv2", "default_version": "10.0"}],
        "vms": [)" + vms + "]}")) {
        begin(seconds(0));
    }

    /// Kills the run that is going on, and begins another that much later.
    void begin(seconds later, SimulationAccess access = SimulationAccess::read_write) {
        model_.reset();
        vms_.reset();
        time_of_day_ += later + elapsed();
        clock_ = std::make_unique<test::VirtualClock>();
        auto description = simulation::read_simulation_file(file_);
        const auto state = std::make_shared<simulation::StateFile>(file_, access);
        vms_ =
            std::make_shared<simulation::VmState>(state, simulation::WallTime(clock_->now(), time_of_day_));
        vms_->apply(description.vms);
        simulation::CimModel::Store store;
        if (access == SimulationAccess::read_write) {
            store = [vms = vms_](const auto& changed) { vms->store(changed); };
        }
        model_ = std::make_unique<simulation::CimModel>(std::move(description), *clock_, std::move(store));
    }

    void pass(seconds time) { clock_->wait_until(clock_->now() + time, {}); }

    simulation::CimModel& model() { return *model_; }

    ObjectPath path_of(const std::string& class_name) {
        return model().query(hv1, {class_name, {"Name"}, {}}).at(0).path;
    }

    ObjectPath system() {
        const auto rows = model().query(hv1, {"Msvm_SummaryInformation", {"Name"}, {}});
        return {"Msvm_ComputerSystem", {{"Name", rows.at(0).text("Name")}}};
    }

    cim::MethodResult upgrade() {
        return model().invoke(hv1, path_of("Msvm_VirtualSystemManagementService"), "UpgradeSystemVersion",
                              {{"ComputerSystem", system()}, {"UpgradeSettingData", std::string()}});
    }

    std::uint32_t shut_down() {
        const auto component = model().query(hv1, {"Msvm_ShutdownComponent", {"SystemName"}, {}}).at(0).path;
        return model()
            .invoke(hv1, component, "InitiateShutdown", {{"Force", false}, {"Reason", "test"}})
            .return_value;
    }

    std::int64_t state_of_vm() { return *read(system(), "EnabledState").number("EnabledState"); }

    std::string version() {
        return model().query(hv1, {"Msvm_SummaryInformation", {"Version"}, {}}).at(0).text("Version");
    }

    cim::Instance read(const ObjectPath& path, const std::string& property) {
        return model().get(hv1, path, {property}).value();
    }

    std::string state() { return folder_.read("host.json.state"); }

  private:
    std::chrono::system_clock::duration elapsed() const {
        return clock_ == nullptr
                   ? std::chrono::system_clock::duration(0)
                   : std::chrono::duration_cast<std::chrono::system_clock::duration>(clock_->elapsed());
    }

    test::ScratchFolder folder_;
    std::string file_;
    std::chrono::system_clock::time_point time_of_day_{std::chrono::hours(500'000)};
    std::unique_ptr<test::VirtualClock> clock_;
    std::shared_ptr<simulation::VmState> vms_;
    std::unique_ptr<simulation::CimModel> model_;
};

constexpr std::int64_t running = 2;
constexpr std::int64_t off = 3;

}  // namespace

TEST_CASE("a guest goes on shutting down after the run that asked it was killed", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "state": "running", "shutdown": {"seconds": 60}})");
    REQUIRE(runs.shut_down() == 0);

    runs.begin(seconds(30));
    CHECK(runs.state_of_vm() == running);
    CHECK(runs.shut_down() == 32782);
    runs.begin(seconds(31));
    CHECK(runs.state_of_vm() == off);
}

TEST_CASE("a job goes on after the run that began it was killed", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "upgrade": {"seconds": 100}})");
    const auto job = runs.upgrade().reference("Job").value();
    runs.pass(seconds(10));

    runs.begin(seconds(40));

    CHECK(runs.upgrade().return_value == 32774);
    CHECK(runs.read(job, "PercentComplete").number("PercentComplete") == 50);
    runs.pass(seconds(50));
    CHECK(runs.read(job, "JobState").number("JobState") == 7);
    CHECK(runs.version() == "10.0");
}

TEST_CASE("a job whose time is past has ended as described", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0",
        "upgrade": {"seconds": 100, "job_state": 10, "error_code": 32768, "error_description": "no disk",
                    "errors": ["The disk is gone."]}})");
    const auto job = runs.upgrade().reference("Job").value();

    runs.begin(seconds(200));

    CHECK(runs.read(job, "JobState").number("JobState") == 10);
    CHECK(runs.read(job, "ErrorCode").number("ErrorCode") == 32768);
    CHECK(runs.read(job, "ErrorDescription").text("ErrorDescription") == "no disk");
    const auto errors = runs.model().invoke(hv1, job, "GetErrorEx", {}).out;
    CHECK(std::get<std::vector<std::string>>(errors.at(0).second).size() == 1);
    CHECK(runs.version() == "9.0");
}

TEST_CASE("a job is removed some minutes after its end", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0"})");
    const auto job = runs.upgrade().reference("Job").value();

    runs.begin(std::chrono::minutes(4));
    CHECK(runs.model().get(hv1, job, {"JobState"}));
    runs.begin(std::chrono::minutes(2));
    CHECK_FALSE(runs.model().get(hv1, job, {"JobState"}));
}

TEST_CASE("jobs of a later run are others than those of an earlier one", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0"})");
    const auto first = runs.upgrade().reference("Job");

    runs.begin(std::chrono::hours(1));

    CHECK(runs.upgrade().reference("Job") != first);
}

TEST_CASE("a job that ends by readings goes on where it was", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "upgrade": {"polls": 2}})");
    const auto job = runs.upgrade().reference("Job").value();

    runs.begin(seconds(1000));

    CHECK(runs.read(job, "JobState").number("JobState") == 4);
    CHECK(runs.read(job, "JobState").number("JobState") == 7);
}

TEST_CASE("another client's job is begun once, not by every run", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "foreign_job": {"seconds": 60, "new_version": "9.3"}})");
    CHECK(runs.version() == "9.0");

    runs.begin(seconds(61));
    CHECK(runs.version() == "9.3");
    runs.begin(seconds(61));
    CHECK(runs.upgrade().return_value == 4096);
}

TEST_CASE("a run that only reads sees what fell due and keeps nothing of it", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "upgrade": {"seconds": 100}})");
    (void)runs.upgrade();
    const auto before = runs.state();

    runs.begin(seconds(200), SimulationAccess::read_only);

    CHECK(runs.version() == "10.0");
    CHECK(runs.state() == before);
}

TEST_CASE("a VM that has moved is on the other host for the next run, and moves no more", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "upgrade": {"moves_to": "hv2"}})");
    CHECK(test::fault_of([&] { (void)runs.upgrade(); }) == 0x80041002);

    runs.begin(seconds(1));

    const auto hv2 = test::hyper_v_of("hv2");
    CHECK(runs.model().query(hv1, {"Msvm_SummaryInformation", {"Name"}, {}}).empty());
    const auto vm = runs.model().query(hv2, {"Msvm_SummaryInformation", {"Name"}, {}}).at(0).text("Name");
    CHECK(runs.model()
              .invoke(hv2, {"Msvm_ComputerSystem", {{"Name", vm}}}, "RequestStateChange",
                      {{"RequestedState", std::int64_t{2}}})
              .return_value == 4096);
}

TEST_CASE("a checkpoint that was cleared stays cleared", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "saved_checkpoints": ["monday", "monday"]})");
    const auto checkpoints = [&] {
        return runs.model().query(hv1, {"Msvm_VirtualSystemSettingData",
                                        {"IsSaved"},
                                        {{"VirtualSystemType", "Microsoft:Hyper-V:Snapshot:Realized"}}});
    };
    const auto first = checkpoints().at(0).path;
    CHECK(runs.model()
              .invoke(hv1, runs.path_of("Msvm_VirtualSystemSnapshotService"), "ClearSnapshotState",
                      {{"SnapshotSettingData", first}})
              .return_value == 4096);

    runs.begin(seconds(1));

    REQUIRE(checkpoints().size() == 2);
    CHECK(runs.read(first, "IsSaved").properties == NamedValues{{"IsSaved", false}});
    CHECK(runs.upgrade().return_value == 32775);
}

TEST_CASE("the state counts the calls that the host accepted, over all runs", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "state": "running"})");
    (void)runs.upgrade();
    REQUIRE(runs.shut_down() == 0);

    runs.begin(seconds(1));
    (void)runs.upgrade();
    runs.begin(seconds(1));
    (void)runs.upgrade();

    CHECK_THAT(runs.state(), Catch::Contains(R"("calls":{"InitiateShutdown":1,"UpgradeSystemVersion":2})") &&
                                 Catch::Contains(R"("upgrade_calls":3)"));
}

TEST_CASE("what was accepted is in the state before the caller has its answer", "[simulation]") {
    Runs runs(R"({"name": "web", "version": "9.0", "upgrade": {"seconds": 100}})");

    const auto job = runs.upgrade().reference("Job").value();

    CHECK_THAT(runs.state(), Catch::Contains(job.keys.at(0).second));
}
