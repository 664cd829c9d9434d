// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/model_calls.hpp"

using namespace upshift;
using cim::NamedValues;
using test::described_vm;
using test::fault_of;
using test::World;

namespace {

const simulation::Place hv1 = test::hyper_v_of("hv1");
const simulation::Place cimv2{"hv1", simulation::CimNamespace::operating_system};

simulation::DescribedHost with_build(const std::string& build) {
    auto host = test::described_host();
    host.build = build;
    return host;
}

}  // namespace

TEST_CASE("a session stays in the namespace it was opened for", "[simulation]") {
    const World world({described_vm("web")});
    simulation::SimulatedConnector connector(world.model);

    const auto system = connector.connect("hv1", R"(root\cimv2)");
    const auto hyper_v = connector.connect("hv1", R"(root\virtualization\v2)");

    CHECK(system->query({"Win32_OperatingSystem", {"BuildNumber"}, {}}).size() == 1);
    CHECK_THROWS_AS(system->query({"Msvm_SummaryInformation", {"Name"}, {}}), OperationError);
    CHECK(hyper_v->query({"Msvm_SummaryInformation", {"Name"}, {}}).size() == 1);
    CHECK_THROWS_AS(hyper_v->query({"Win32_OperatingSystem", {"BuildNumber"}, {}}), OperationError);
}

TEST_CASE("the operating system tells the build that is described", "[simulation]") {
    const World world({with_build("26100")}, {});
    const World silent({with_build("")}, {});
    const cim::Query query{"Win32_OperatingSystem", {"BuildNumber", "Version"}, {}};

    CHECK(world.model->query(cimv2, query).at(0).properties ==
          NamedValues{{"BuildNumber", "26100"}, {"Version", "10.0.26100"}});
    CHECK(silent.model->query(cimv2, query).at(0).text("BuildNumber").empty());
}

TEST_CASE("a host without the Hyper-V role, or one that denies it, tells its build all the same",
          "[simulation]") {
    auto host = with_build("20348");
    host.access = GENERATE(simulation::Access::no_role, simulation::Access::denied);
    const World world({host}, {});

    CHECK(world.model->query(cimv2, {"Win32_OperatingSystem", {"BuildNumber"}, {}}).size() == 1);
}

TEST_CASE("a namespace that no host has is refused", "[simulation]") {
    const World world({described_vm("web")});

    CHECK(fault_of([&] { (void)world.model->connect("hv1", R"(root\default)"); }) == 0x8004100E);
    CHECK(fault_of([&] { (void)world.model->connect("hv1", R"(root\MSCluster)"); }) == 0x8004100E);
    CHECK(fault_of([&] { (void)world.model->connect("hv1", R"(root\HyperVCluster\v2)"); }) == 0x8004100E);
}

TEST_CASE("the summary names the host and says more of a state that is other", "[simulation]") {
    const World world({described_vm("web"), described_vm("odd", "8.0", "other")});

    const auto rows = world.model->query(
        hv1, {"Msvm_SummaryInformation", {"HostComputerSystemName", "OtherEnabledState"}, {}});

    REQUIRE(rows.size() == 2);
    CHECK(rows[0].properties ==
          NamedValues{{"HostComputerSystemName", "hv1"}, {"OtherEnabledState", cim::Value()}});
    CHECK(rows[1].text("OtherEnabledState") == "Merging disks");
}

TEST_CASE("a Windows Server 2012 R2 lacks two columns of the summary and the upgrade method",
          "[simulation]") {
    const auto vm = described_vm("web", "5.0");
    World world({with_build("9600")}, {vm});
    const auto query = [&](const char* column) {
        return fault_of([&] { (void)world.model->query(hv1, {"Msvm_SummaryInformation", {column}, {}}); });
    };

    CHECK(query("Version") == 0x80041017);
    CHECK(query("HostComputerSystemName") == 0x80041017);
    CHECK(query("EnabledState") == 0);
    CHECK(test::version_of(world, vm) == "5.0");
    CHECK(fault_of([&] { (void)test::upgrade_vm(world, vm); }) == 0x8004102E);
}
