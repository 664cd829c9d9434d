// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "simulation/simulated_implementations.hpp"
#include "support/error.hpp"
#include "support/scratch_folder.hpp"

using namespace upshift;

namespace {

const JournalEntry web{
    .operation = "hyperv_vm_version", .host = "hv1", .id = "ID", .name = "web", .restart = true};

std::string described(const test::ScratchFolder& folder) {
    return folder.write("host.json", R"({"vms": [{"name": "web", "version": "9.0"}]})");
}

void leave(const std::string& file, const JournalEntry& entry) {
    simulated_implementations(file, SimulationAccess::read_write).machine->journal().write(entry);
}

JournalReading read(const std::string& file) {
    return simulated_implementations(file, SimulationAccess::read_only)
        .machine->journal()
        .read("hyperv_vm_version");
}

}  // namespace

TEST_CASE("the next rehearsal reads what a killed one had begun", "[simulation][journal]") {
    const test::ScratchFolder folder;
    const auto file = described(folder);
    leave(file, web);
    leave(file, web);

    REQUIRE(read(file).entries.size() == 1);
    CHECK(read(file).entries.front().name == "web");
    CHECK(read(file).entries.front().begun_at > 1700000000);
}

TEST_CASE("deleting the state starts the rehearsal's journal over", "[simulation][journal]") {
    const test::ScratchFolder folder;
    const auto file = described(folder);
    leave(file, web);

    folder.remove("host.json.state");

    CHECK(read(file).entries.empty());
}

TEST_CASE("an entry of a rehearsal that was taken out is gone", "[simulation][journal]") {
    const test::ScratchFolder folder;
    const auto file = described(folder);
    leave(file, web);

    simulated_implementations(file, SimulationAccess::read_write).machine->journal().take_out(web);

    CHECK(read(file).entries.empty());
}

TEST_CASE("a rehearsal that only reads notes nothing down", "[simulation][journal]") {
    const test::ScratchFolder folder;
    const auto file = described(folder);
    const auto seams = simulated_implementations(file, SimulationAccess::read_only);

    CHECK_THROWS_AS(seams.machine->journal().write(web), OperationError);
    seams.machine->journal().take_out(web);

    CHECK_FALSE(folder.has("host.json.state"));
}

TEST_CASE("a damaged entry of a rehearsal is told of and kept", "[simulation][journal]") {
    const test::ScratchFolder folder;
    const auto file = described(folder);
    leave(file, web);
    folder.write("host.json.state", R"({"journal": [{"operation": "hyperv_vm_version"}]})");

    CHECK_THAT(read(file).warnings.at(0),
               Catch::StartsWith("Could not read the journal \"the simulation's state\": "
                                 "an entry is damaged:"));
    leave(file, web);
    CHECK(read(file).warnings.size() == 1);
}
