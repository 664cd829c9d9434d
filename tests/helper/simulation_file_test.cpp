// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulation_file.hpp"

#include <catch2/catch.hpp>

#include "simulation/simulated_implementations.hpp"
#include "support/description.hpp"

using namespace upshift;
using test::read_description;
using test::refusal_of_description;

TEST_CASE("a VM needs no more than a name and a version", "[simulation]") {
    const auto described = read_description(R"({"vms": [{"name": "web", "version": "9.0"}]})");

    REQUIRE(described.hosts.size() == 1);
    CHECK(described.hosts[0].name == "localhost");
    CHECK(described.hosts[0].default_version == ConfigurationVersion{12, 0});
    CHECK(described.hosts[0].upgrade_settings_class);
    CHECK(described.vms[0].host == "localhost");
    CHECK(described.vms[0].state == "off");
    CHECK(described.vms[0].replication == "none");
    CHECK(described.vms[0].upgrade.return_value == 4096);
}

TEST_CASE("hosts that VMs name are there where none is described", "[simulation]") {
    const auto described = read_description(
        R"({"vms": [{"name": "a", "version": "9.0", "host": "x"}, {"name": "b", "version": "9.0"}]})");

    CHECK(described.hosts[0].name == "x");
    CHECK(described.hosts[1].name == "localhost");
}

TEST_CASE("a host supports the releases up to its default unless it says otherwise", "[simulation]") {
    const auto described = read_description(R"({"hosts": [{"name": "a", "default_version": "9.0"},
        {"name": "b", "default_version": "10.0", "supported_versions": ["8.0", "10.0"]}]})");

    CHECK(described.hosts[0].supported_versions ==
          std::vector<ConfigurationVersion>{{8, 0}, {8, 1}, {8, 2}, {8, 3}, {9, 0}});
    CHECK_FALSE(described.hosts[0].upgrade_settings_class);
    CHECK(described.hosts[1].supported_versions == std::vector<ConfigurationVersion>{{8, 0}, {10, 0}});
    CHECK(described.hosts[1].upgrade_settings_class);
}

TEST_CASE("ids that are not given differ, and stay when other VMs come", "[simulation]") {
    const auto few =
        read_description(R"({"vms": [{"name": "a", "version": "9.0"}, {"name": "a", "version": "9.0"}]})");
    const auto more =
        read_description(R"({"vms": [{"name": "new", "version": "9.0"}, {"name": "a", "version": "9.0"},
        {"name": "a", "version": "9.0"}]})");

    CHECK(few.vms[0].id != few.vms[1].id);
    CHECK(few.vms[0].id == more.vms[1].id);
    CHECK(few.vms[1].id == more.vms[2].id);
}

TEST_CASE("ids are taken in every spelling of a GUID", "[simulation]") {
    CHECK(read_description(
              R"({"vms": [{"name": "a", "version": "9.0", "id": "{0a000000-0000-0000-0000-00000000000b}"}]})")
              .vms[0]
              .id == "0A000000-0000-0000-0000-00000000000B");
}

TEST_CASE("what is wrong in a simulation file is told with its row", "[simulation]") {
    struct Row {
        const char* json;
        const char* refusal;
    };
    const auto [json, expected] = GENERATE(values<Row>({
        {R"({"vms": [{"name": "a", "version": "9.0"}, {"name": "b", "version": "9.0", "state": "of"}]})",
         "vms[1].state is the text \"of\"; one of off, running, saved, paused, starting, stopping, other"},
        {R"({"vms": [{"name": "a", "version": 9.0}]})", "vms[0].version is the number 9.0; a text: quote it"},
        {R"({"vms": [{"name": "a", "version": "nine"}]})",
         "vms[0].version is the text \"nine\"; a version such as \"10.0\""},
        {R"({"vms": [{"version": "9.0"}]})", "vms[0].name is not given; a text, which has no default"},
        {R"({"vms": [{"name": "a"}]})", "vms[0].version is not given; a text, which has no default"},
        {R"({"vms": [{"name": "a", "version": "9.0", "id": "x"}]})", "vms[0].id is the text \"x\"; a GUID"},
        {R"({"vms": [{"name": "a", "version": "9.0", "saved_checkpoints": "x"}]})",
         "vms[0].saved_checkpoints is the text \"x\"; a list of texts"},
        {R"({"vms": [{"name": "a", "version": "9.0", "upgrade": {"seconds": -1}}]})",
         "vms[0].upgrade.seconds is the number -1; a number of seconds, at least 0 and at most a year"},
        {R"({"vms": [{"name": "a", "version": "9.0", "upgrade": {"seconds": 1, "polls": 1}}]})",
         "vms[0].upgrade.polls is given beside seconds; one of the two"},
        {R"({"vms": [{"name": "a", "version": "9.0", "upgrade": {"return": 0, "seconds": 1}}]})",
         "vms[0].upgrade.seconds is given; a return of 4096: only that starts a job"},
        {R"({"vms": [{"name": "a", "version": "9.0", "shutdown": {"ignored": 1}}]})",
         "vms[0].shutdown.ignored is the number 1; true or false"},
        {R"({"vms": [{"name": "a", "version": "9.0", "upgrade": []}]})",
         "vms[0].upgrade is a list; an object"},
        {R"({"vms": [5]})", "vms[0] is the number 5; an object"},
        {R"({"vms": {}})", "vms is an object; a list of objects"},
        {R"({"vms": "a"})", "vms is the text \"a\"; a list of objects"},
        {R"({"hosts": [{"name": "a"}]})",
         "hosts[0].default_version is not given; a text, which has no default"},
        {R"({"hosts": [{"name": "a", "default_version": "9.0"}, {"name": "a", "default_version": "9.0"}]})",
         "hosts[1].name is that of hosts[0] too; a name of its own"},
        {R"({"hosts": [{"name": "a", "default_version": "9.0"}], "vms": [{"name": "v", "version": "9.0", "host": "b"}]})",
         "vms[0].host is the text \"b\"; the name of a row of hosts"},
        {R"({"vms": [{"name": "a", "version": "9.0", "id": "00000000-0000-0000-0000-000000000001"},
                     {"name": "b", "version": "9.0", "id": "00000000-0000-0000-0000-000000000001"}]})",
         "vms[1].id is that of vms[0] too; an id of its own"},
        {R"({"vm": []})",
         "vm is no key of a simulation file; one of hosts, clusters, vms, products, packages, "
         "other_installations, faults"},
        {R"([])", "it holds a list; one JSON object"},
    }));

    CHECK(refusal_of_description(json) == expected);
}

TEST_CASE("a key that no row has is refused with those there are", "[simulation]") {
    CHECK_THAT(
        refusal_of_description(R"({"vms": [{"name": "a", "version": "9.0", "stat": "off"}]})"),
        Catch::StartsWith("vms[0].stat is no value that such a row has; one of name, id, host, version"));
}

TEST_CASE("values as an answer leaves them empty count as not given", "[simulation]") {
    const auto described = read_description(
        R"({"vms": [{"name": "a", "version": "9.0", "clustered": false, "possible_owners": [],
        "foreign_job": null, "upgrade": {"vanishes": false, "moves_to": ""}}], "faults": [], "clusters": null})");

    CHECK_FALSE(described.vms.at(0).foreign_job);
    CHECK(described.clusters.empty());
}

TEST_CASE("text that is no JSON is refused with its place", "[simulation]") {
    CHECK_THAT(refusal_of_description("{\n\"vms\": ["), Catch::Contains("line 2, column 9"));
    CHECK_THAT(refusal_of_description(""), Catch::StartsWith("it is not JSON"));
}

TEST_CASE("a simulation file that is missing is told by its name", "[simulation]") {
    CHECK_THROWS_WITH(
        simulated_implementations("no-such-file.json", SimulationAccess::read_only),
        "Could not read the simulation file \"no-such-file.json\": it cannot be opened; needed is "
        "a file that this user may read.");
}
