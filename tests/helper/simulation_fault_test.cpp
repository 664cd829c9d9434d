// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "cim/wmi_codes.hpp"
#include "simulation/simulated_implementations.hpp"
#include "simulation/simulation_file.hpp"
#include "simulation/state_file.hpp"
#include "support/scratch_folder.hpp"

using namespace upshift;

namespace {

/// Two hosts with one VM each, and these rows of faults.
class FaultyHosts {
  public:
    explicit FaultyHosts(const std::string& faults)
        : file(folder_.write("host.json", R"({"hosts": [{"name": "hv1", "default_version": "10.0"},
                                                        {"name": "hv2", "default_version": "10.0"}],
                                              "vms": [{"name": "web", "version": "9.0", "host": "hv1"}],
                                              "faults": )" +
                                              faults + "}")) {}

    Implementations open(SimulationAccess access = SimulationAccess::read_write) const {
        return simulated_implementations(file, access);
    }
    std::string state() const { return folder_.read("host.json.state"); }
    bool has_state() const { return folder_.has("host.json.state"); }

  private:
    test::ScratchFolder folder_;

  public:
    std::string file;
};

std::shared_ptr<cim::CimSession> connect(const Implementations& seams, const std::string& host = "hv1") {
    return seams.connector->connect(host, R"(root\virtualization\v2)");
}

/// The code that the call fails with; 0 where it does not.
template <typename Call>
std::uint32_t code_of(const Call& call) {
    try {
        (void)call();
    } catch (const cim::CimError& error) {
        return error.code();
    }
    return 0;
}

std::uint32_t query_code(cim::CimSession& session) {
    return code_of([&] { return session.query({"Msvm_SummaryInformation", {"Name"}, {}}); });
}

cim::MethodResult upgrade_web(cim::CimSession& session) {
    const auto service = session.query({"Msvm_VirtualSystemManagementService", {"Name"}, {}}).front().path;
    const auto vm = session.query({"Msvm_SummaryInformation", {"Name"}, {}}).front().text("Name");
    return session.invoke(service, "UpgradeSystemVersion",
                          {{"ComputerSystem", cim::ObjectPath{"Msvm_ComputerSystem", {{"Name", vm}}}},
                           {"UpgradeSettingData", std::string()}});
}

std::string version_of_web(cim::CimSession& session) {
    return session.query({"Msvm_SummaryInformation", {"Version"}, {}}).front().text("Version");
}

}  // namespace

TEST_CASE("a described fault meets its call once and no other", "[simulation][faults]") {
    const FaultyHosts hosts(R"([{"at": "query Msvm_SummaryInformation", "code": "0x800706BA"}])");
    const auto seams = hosts.open();
    const auto session = connect(seams);

    CHECK(code_of([&] { return session->query({"Msvm_ComputerSystem", {"Name"}, {}}); }) == 0);
    CHECK(query_code(*session) == 0x800706BA);
    CHECK(query_code(*session) == 0);
}

TEST_CASE("a described fault lets calls through first and lasts as often as it says",
          "[simulation][faults]") {
    const FaultyHosts hosts(
        R"([{"at": "query msvm_summaryinformation", "code": 2147749957, "skip": 1, "times": 2}])");
    const auto seams = hosts.open();
    const auto session = connect(seams);

    CHECK(query_code(*session) == 0);
    CHECK(query_code(*session) == 0x80041045);
    CHECK(query_code(*session) == 0x80041045);
    CHECK(query_code(*session) == 0);
}

TEST_CASE("a described fault at any call counts calls of every kind", "[simulation][faults]") {
    const FaultyHosts hosts(R"([{"at": "*", "code": "0x80041003", "skip": 1}])");
    const auto seams = hosts.open();

    const auto session = connect(seams);

    CHECK(query_code(*session) == 0x80041003);
}

TEST_CASE("a described fault of one host leaves the others alone", "[simulation][faults]") {
    const FaultyHosts hosts(
        R"([{"at": "connect root\\virtualization\\v2", "host": "hv2", "code": "0x80070005"}])");
    const auto seams = hosts.open();

    CHECK(code_of([&] { return connect(seams, "hv1"); }) == 0);
    CHECK(code_of([&] { return connect(seams, "hv2"); }) == 0x80070005);
}

TEST_CASE("a described fault that takes no effect keeps the method from running", "[simulation][faults]") {
    const FaultyHosts hosts(R"([{"at": "invoke UpgradeSystemVersion", "code": "0x800706BE"}])");
    const auto seams = hosts.open();
    const auto session = connect(seams);

    CHECK(code_of([&] { return upgrade_web(*session); }) == 0x800706BE);
    CHECK(version_of_web(*session) == "9.0");
}

TEST_CASE("a described fault that takes effect loses the answer alone", "[simulation][faults]") {
    const FaultyHosts hosts(
        R"([{"at": "invoke UpgradeSystemVersion", "code": "0x800706BE", "takes_effect": true}])");
    const auto seams = hosts.open();
    const auto session = connect(seams);

    CHECK(code_of([&] { return upgrade_web(*session); }) == 0x800706BE);
    CHECK(version_of_web(*session) == "10.0");
}

TEST_CASE("a get that is described as not found gives nothing", "[simulation][faults]") {
    const FaultyHosts hosts(R"([{"at": "get Msvm_VirtualSystemUpgradeSettingData", "code": "0x80041002"}])");
    const auto seams = hosts.open();

    CHECK_FALSE(connect(seams)->get({"Msvm_VirtualSystemUpgradeSettingData", {}}, {}));
}

TEST_CASE("hits count over all runs, so that the next one gets on", "[simulation][faults]") {
    const FaultyHosts hosts(R"([{"at": "query Msvm_SummaryInformation", "code": "0x800706BA"}])");
    CHECK(query_code(*connect(hosts.open())) == 0x800706BA);

    CHECK(query_code(*connect(hosts.open())) == 0);
    CHECK_THAT(hosts.state(), Catch::Contains("\"hits\":1"));
}

TEST_CASE("a run that only reads meets faults and writes no hits", "[simulation][faults]") {
    const FaultyHosts hosts(R"([{"at": "query Msvm_SummaryInformation", "code": "0x800706BA"}])");

    CHECK(query_code(*connect(hosts.open(SimulationAccess::read_only))) == 0x800706BA);

    CHECK_FALSE(hosts.has_state());
}

TEST_CASE("a wrong row of faults is refused with its place", "[simulation][faults]") {
    const auto [row, complaint] = GENERATE(table<std::string, std::string>({
        {R"({"code": 5})", "faults[0].at is not given"},
        {R"({"at": "query", "code": 5})",
         R"(faults[0].at is the text "query"; needed is "connect NAMESPACE", "query CLASS", "get CLASS", )"
         R"("references CLASS", "invoke METHOD", or "*".)"},
        {R"({"at": "delete Msvm_ComputerSystem", "code": 5})",
         R"(faults[0].at is the text "delete Msvm_ComputerSystem")"},
        {R"({"at": "*"})", "faults[0].code is not given; needed is one of code and hang."},
        {R"({"at": "*", "code": 5})",
         "faults[0].code is the number 5; needed is a code with which WMI or COM tells a failure, from "
         "0x80000000 "
         "up."},
        {R"({"at": "*", "hang": true, "code": 5})", "faults[0].code is given beside hang"},
        {R"({"at": "*", "code": "busy"})",
         "faults[0].code is the text \"busy\"; needed is a code such as \"0x800706BA\" or 32775."},
        {R"({"at": "*", "code": 0})", "faults[0].code is the number 0"},
        {R"({"at": "*", "code": 5, "times": 0})", "faults[0].times is the number 0"},
        {R"({"at": "query X", "code": 5, "takes_effect": true})",
         "faults[0].takes_effect is true; needed is a row at \"invoke METHOD\": only methods have an "
         "effect."},
    }));
    const FaultyHosts hosts("[" + row + "]");

    CHECK_THROWS_WITH(hosts.open(), Catch::Contains(complaint));
}
