// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "simulation/simulated_implementations.hpp"
#include "simulation/state_file.hpp"
#include "support/error.hpp"
#include "support/scratch_folder.hpp"

using namespace upshift;

namespace {

constexpr const char* one_vm = R"({"vms": [{"name": "web", "version": "9.0"}]})";
constexpr const char* another_beside =
    R"({"vms": [{"name": "db", "version": "9.0"}, {"name": "web", "version": "9.0"}]})";

/// Brings every VM to the default version, as a run does.
void upgrade_all(const std::string& file) {
    const auto seams = simulated_implementations(file, SimulationAccess::read_write);
    const auto session = seams.connector->connect("localhost", R"(root\virtualization\v2)");
    const auto service = session->query({"Msvm_VirtualSystemManagementService", {"Name"}, {}}).front().path;
    for (const auto& vm : session->query({"Msvm_SummaryInformation", {"Name"}, {}})) {
        const cim::ObjectPath system{"Msvm_ComputerSystem", {{"Name", vm.text("Name")}}};
        (void)session->invoke(service, "UpgradeSystemVersion",
                              {{"ComputerSystem", system}, {"UpgradeSettingData", std::string()}});
    }
}

/// "name version" of every VM as a new run would see it.
std::vector<std::string> seen_in(const std::string& file) {
    const auto seams = simulated_implementations(file, SimulationAccess::read_only);
    const auto session = seams.connector->connect("localhost", R"(root\virtualization\v2)");
    std::vector<std::string> seen;
    for (const auto& vm : session->query({"Msvm_SummaryInformation", {"ElementName", "Version"}, {}})) {
        seen.push_back(vm.text("ElementName") + " " + vm.text("Version"));
    }
    return seen;
}

using Seen = std::vector<std::string>;

}  // namespace

TEST_CASE("the next run sees what a run changed, and the described file stays as it was", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);

    upgrade_all(file);

    CHECK(seen_in(file) == Seen{"web 12.0"});
    CHECK(folder.read("host.json") == one_vm);
}

TEST_CASE("deleting the state starts over", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    upgrade_all(file);

    folder.remove("host.json.state");

    CHECK(seen_in(file) == Seen{"web 9.0"});
}

TEST_CASE("the state survives VMs that come and go in the described file", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    upgrade_all(file);

    folder.write("host.json", another_beside);
    CHECK(seen_in(file) == Seen{"db 9.0", "web 12.0"});

    folder.write("host.json", R"({"vms": [{"name": "db", "version": "9.0"}]})");
    CHECK(seen_in(file) == Seen{"db 9.0"});
    upgrade_all(file);

    folder.write("host.json", another_beside);
    CHECK(seen_in(file) == Seen{"db 12.0", "web 12.0"});
}

TEST_CASE("a description that was changed after its state is told, until the state is deleted",
          "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    const auto warnings = [&] {
        return simulated_implementations(file, SimulationAccess::read_only).warnings;
    };
    CHECK(warnings().empty());
    upgrade_all(file);
    CHECK(warnings().empty());

    folder.write("host.json", another_beside);
    upgrade_all(file);

    REQUIRE(warnings().size() == 1);
    CHECK_THAT(warnings().front(), Catch::Contains("host.json\" has changed since") &&
                                       Catch::Contains("host.json.state\" was begun"));
    folder.remove("host.json.state");
    CHECK(warnings().empty());
}

TEST_CASE("a state without a fingerprint of its description is taken as it is", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    folder.write("host.json.state", R"({"vms": []})");

    CHECK(simulated_implementations(file, SimulationAccess::read_only).warnings.empty());
}

TEST_CASE("a read-only run writes no state and is denied what would change something", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    const auto seams = simulated_implementations(file, SimulationAccess::read_only);
    const auto session = seams.connector->connect("localhost", R"(root\virtualization\v2)");

    CHECK_THROWS_WITH(session->invoke({"Msvm_ComputerSystem", {{"Name", "x"}}}, "RequestStateChange", {}),
                      Catch::Contains("0x80041003"));
    CHECK_FALSE(folder.has("host.json.state"));
}

TEST_CASE("a second run is told who is in its way", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    const simulation::StateFile first(file, SimulationAccess::read_write);

    CHECK_THROWS_WITH(simulation::StateFile(file, SimulationAccess::read_write, std::chrono::seconds(0)),
                      "Could not hold the simulation file \"" + file +
                          "\": another run has held it for 0 seconds; needed is a file that no other run is "
                          "changing. Wait for the other run, or give each run a file of its own.");
}

TEST_CASE("a run that only reads waits for nobody", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    const simulation::StateFile first(file, SimulationAccess::read_write);

    CHECK(seen_in(file) == Seen{"web 9.0"});
}

TEST_CASE("damaged state is refused with the way out", "[simulation]") {
    const test::ScratchFolder folder;
    const auto file = folder.write("host.json", one_vm);
    const std::string text = GENERATE("{", "[]", R"({"vms": [{}]})", R"({"vms": [{"host": 1}]})");
    folder.write("host.json.state", text);

    CHECK_THROWS_WITH(seen_in(file),
                      Catch::StartsWith("Could not read the simulation's state \"" + file + ".state\":") &&
                          Catch::EndsWith("Delete the file to start over from what is described."));
}
