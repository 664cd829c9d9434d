// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/model_calls.hpp"

using namespace upshift;
using cim::NamedValues;
using cim::ObjectPath;
using simulation::CimNamespace;
using test::described_vm;
using test::fault_of;
using test::World;

namespace {

const simulation::Place hv1 = test::hyper_v_of("hv1");
const simulation::Place hv2 = test::hyper_v_of("hv2");
const simulation::Place cluster_of_hv1{"hv1", CimNamespace::cluster};
const simulation::Place cluster_hyper_v{"hv1", CimNamespace::cluster_virtualization};

simulation::DescribedHost node(const std::string& name, const std::string& build) {
    auto host = test::described_host(name);
    host.build = build;
    return host;
}

simulation::DescribedVm vm_on(const std::string& host, const std::string& name) {
    auto vm = described_vm(name);
    vm.host = host;
    return vm;
}

/// hv1 and hv2 can be connected to, hv3 cannot.
World cluster_with(std::vector<simulation::DescribedVm> vms) {
    simulation::Description description{{node("hv1", "20348"), node("hv2", ""), node("alone", "")},
                                        std::move(vms)};
    description.clusters = {{.name = "prod", .functional_level = 11, .nodes = {"hv1", "hv2", "hv3"}}};
    return World(std::move(description));
}

std::vector<std::string> names_in(World& world, const simulation::Place& place) {
    std::vector<std::string> names;
    for (const auto& row : world.model->query(
             place, {"Msvm_SummaryInformation", {"ElementName", "HostComputerSystemName"}, {}})) {
        names.push_back(row.text("ElementName") + " on " + row.text("HostComputerSystemName"));
    }
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a host that is in no cluster has no cluster namespace", "[simulation]") {
    auto world = cluster_with({});

    CHECK(world.model->connect("hv2", R"(root\MSCluster)").host == "hv2");
    CHECK(world.model->connect("hv2", R"(root\HyperVCluster\v2)").host == "hv2");
    CHECK(fault_of([&] { (void)world.model->connect("alone", R"(root\MSCluster)"); }) == 0x8004100E);
}

TEST_CASE("a node without a row of its own cannot be connected to", "[simulation]") {
    auto world = cluster_with({});

    CHECK(fault_of([&] { (void)world.model->connect("hv3", R"(root\virtualization\v2)"); }) == 0x800706BA);
    CHECK(world.model->hosts() == Names{"hv1", "hv2", "alone"});
}

TEST_CASE("a cluster tells its level and the builds of the nodes that are described", "[simulation]") {
    auto world = cluster_with({});

    CHECK(world.model->query(cluster_of_hv1, {"MSCluster_Cluster", {"Name", "ClusterFunctionalLevel"}, {}})
              .at(0)
              .properties == NamedValues{{"Name", "prod"}, {"ClusterFunctionalLevel", std::int64_t{11}}});
    const auto nodes = world.model->query(cluster_of_hv1, {"MSCluster_Node", {"Name", "BuildNumber"}, {}});
    REQUIRE(nodes.size() == 3);
    CHECK(nodes[0].number("BuildNumber") == 20348);
    CHECK_FALSE(nodes[1].number("BuildNumber"));
    CHECK(nodes[2].text("Name") == "hv3");
}

TEST_CASE("the cluster namespace shows the clustered VMs of every node", "[simulation]") {
    auto local = vm_on("hv1", "local");
    local.clustered = false;
    auto world =
        cluster_with({vm_on("hv1", "a"), local, vm_on("hv2", "b"), vm_on("hv3", "c"), vm_on("alone", "d")});

    CHECK(names_in(world, hv1) == Names{"a on hv1", "local on hv1"});
    CHECK(names_in(world, cluster_hyper_v) == Names{"a on hv1", "b on hv2", "c on hv3"});
}

TEST_CASE("a clustered VM is found by the VmID of its resource", "[simulation]") {
    const auto vm = vm_on("hv2", "web");
    auto world = cluster_with({vm, vm_on("hv1", "other")});

    const auto resources = world.model->query(
        cluster_of_hv1, {"MSCluster_Resource",
                         {"Name", "OwnerNode", "PrivateProperties"},
                         {{"Type", "Virtual Machine"}, {"PrivateProperties.VmID", vm.id}}});

    REQUIRE(resources.size() == 1);
    CHECK(resources[0].properties ==
          NamedValues{{"Name", "Virtual Machine web"},
                      {"OwnerNode", "hv2"},
                      {"PrivateProperties", cim::EmbeddedInstance{"MSCluster_Property", {{"VmID", vm.id}}}}});
}

TEST_CASE("a VM's configuration is a resource of another type with the same VmID", "[simulation]") {
    auto world = cluster_with({vm_on("hv1", "web")});

    const auto resources = world.model->query(cluster_of_hv1, {"MSCluster_Resource", {"Name", "Type"}, {}});

    REQUIRE(resources.size() == 2);
    CHECK(resources[1].properties == NamedValues{{"Name", "Virtual Machine Configuration web"},
                                                 {"Type", "Virtual Machine Configuration"}});
}

TEST_CASE("resources of VMs of one name have names of their own", "[simulation]") {
    auto world = cluster_with({vm_on("hv1", "web"), [] {
                                   auto vm = vm_on("hv2", "web");
                                   vm.id = simulation::derived_guid("hv2", "web", 0);
                                   return vm;
                               }()});

    const auto resources =
        world.model->query(cluster_of_hv1, {"MSCluster_Resource", {"Name"}, {{"Type", "Virtual Machine"}}});

    REQUIRE(resources.size() == 2);
    CHECK(resources[0].text("Name") != resources[1].text("Name"));
}

TEST_CASE("every node may own a VM unless its owners are described", "[simulation]") {
    auto narrow = vm_on("hv1", "narrow");
    narrow.possible_owners = {"hv2"};
    auto world = cluster_with({vm_on("hv1", "wide"), narrow});
    const auto owners_of = [&](const char* resource) {
        Names names;
        for (const auto& row :
             world.model->references(cluster_of_hv1, {"MSCluster_Resource", {{"Name", resource}}},
                                     "MSCluster_ResourceToPossibleOwner", {"PartComponent"})) {
            names.push_back(std::get<ObjectPath>(*row.find("PartComponent")).keys.at(0).second);
        }
        return names;
    };

    CHECK(owners_of("Virtual Machine wide") == Names{"hv1", "hv2", "hv3"});
    CHECK(owners_of("virtual machine narrow") == Names{"hv2"});
    CHECK(owners_of("Virtual Machine nobody").empty());
}

TEST_CASE("the cluster namespace has no capabilities, shutdown component or upgrade settings",
          "[simulation]") {
    auto world = cluster_with({vm_on("hv1", "web")});

    for (const auto* lacking : {"Msvm_VirtualSystemManagementCapabilities", "Msvm_ElementCapabilities",
                                "Msvm_SettingsDefineCapabilities", "Msvm_ShutdownComponent"}) {
        CHECK(fault_of([&] { (void)world.model->query(cluster_hyper_v, {lacking, {"Name"}, {}}); }) ==
              0x80041010);
    }
    CHECK_FALSE(world.model->get(cluster_hyper_v, {"Msvm_VirtualSystemUpgradeSettingData", {}}, {}));
}

TEST_CASE("a VM of another node is upgraded through the cluster namespace", "[simulation]") {
    const auto vm = vm_on("hv2", "web");
    auto world = cluster_with({vm});

    CHECK(fault_of([&] { (void)test::upgrade_vm(world, vm, hv1); }) == 0x80041002);
    CHECK(test::upgrade_vm(world, vm, cluster_hyper_v).return_value == 4096);
    CHECK(test::version_of(world, vm, hv2) == "10.0");
}

TEST_CASE("the upgrade method knows a VM in the namespaces that are described", "[simulation]") {
    auto only_cluster = vm_on("hv1", "a");
    only_cluster.upgrade.known_in = simulation::UpgradedIn::cluster;
    auto only_node = vm_on("hv1", "b");
    only_node.upgrade.known_in = simulation::UpgradedIn::virtualization;
    auto world = cluster_with({only_cluster, only_node});

    CHECK(fault_of([&] { (void)test::upgrade_vm(world, only_cluster, hv1); }) == 0x80041002);
    CHECK(test::upgrade_vm(world, only_cluster, cluster_hyper_v).return_value == 4096);
    CHECK(fault_of([&] { (void)test::upgrade_vm(world, only_node, cluster_hyper_v); }) == 0x80041002);
    CHECK(test::upgrade_vm(world, only_node, hv1).return_value == 4096);
}

TEST_CASE("a VM that moves is gone when it is called and stays on the other node", "[simulation]") {
    auto vm = vm_on("hv1", "web");
    vm.upgrade.moves_to = "hv2";
    auto world = cluster_with({vm});

    CHECK(names_in(world, hv1) == Names{"web on hv1"});
    CHECK(fault_of([&] { (void)test::upgrade_vm(world, vm, hv1); }) == 0x80041002);
    CHECK(names_in(world, hv1).empty());
    CHECK(names_in(world, hv2) == Names{"web on hv2"});
    CHECK(world.model->query(cluster_of_hv1, {"MSCluster_Resource", {"OwnerNode"}, {}})
              .at(0)
              .text("OwnerNode") == "hv2");
    CHECK(test::upgrade_vm(world, vm, hv2).return_value == 4096);
    CHECK(world.stored.at(0).history.moved_to == "hv2");
}

TEST_CASE("a host whose Hyper-V denies access shows its cluster all the same", "[simulation]") {
    simulation::Description description{{node("hv1", "20348")}, {vm_on("hv1", "web")}};
    description.hosts[0].access = simulation::Access::denied;
    description.clusters = {{.name = "prod", .functional_level = 11, .nodes = {"hv1"}}};
    World world(std::move(description));

    CHECK(names_in(world, cluster_hyper_v).empty());
    CHECK(world.model->query(cluster_of_hv1, {"MSCluster_Node", {"Name"}, {}}).size() == 1);
}
