// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/clustered.hpp"

using namespace upshift;
using test::clustered_vm;
using test::ClusterWorld;

namespace {

const TargetRow& row_of(const Answer& answer, const std::string& name) {
    const auto found = std::find_if(answer.targets.begin(), answer.targets.end(),
                                    [&](const TargetRow& row) { return row.name == name; });
    REQUIRE(found != answer.targets.end());
    return *found;
}

}  // namespace

TEST_CASE("a clustered VM whose owners are all of one build is upgraded on its node", "[vm_cluster]") {
    const ClusterWorld cluster;
    auto world = cluster.with({clustered_vm("web", "hv2")});

    const auto row = row_of(world.upgrade({}), "web");

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.host == "hv2");
    CHECK(row.reason == "It was upgraded.");
}

TEST_CASE("an owner that cannot be connected to stops the upgrade and is named", "[vm_cluster]") {
    ClusterWorld cluster;
    cluster.nodes.emplace_back("hv3");
    auto world = cluster.with({clustered_vm("web", "hv1")});

    const auto row = row_of(world.upgrade({}), "web");

    CHECK(row.error->kind == ErrorKind::refused);
    CHECK(row.error->found == "its possible owner \"hv3\" could not be asked which versions it supports");
    CHECK_THAT(row.error->cause, Catch::Contains("RPC_S_SERVER_UNAVAILABLE"));
    CHECK_FALSE(row.changed);
}

TEST_CASE("an owner that cannot be connected to does not matter to a VM it may not own", "[vm_cluster]") {
    ClusterWorld cluster;
    cluster.nodes.emplace_back("hv3");
    auto vm = clustered_vm("web", "hv1");
    vm.possible_owners = {"hv1", "hv2"};
    auto world = cluster.with({vm});

    CHECK(row_of(world.upgrade({}), "web").outcome == Outcome::upgraded);
}

TEST_CASE("an owner of an older build stops the upgrade", "[vm_cluster]") {
    ClusterWorld cluster;
    cluster.hosts[1].build = "17763";
    cluster.hosts[1].supported_versions = {{8, 0}, {9, 0}};
    auto world = cluster.with({clustered_vm("web", "hv1")});

    CHECK_THAT(row_of(world.upgrade({}), "web").reason,
               Catch::StartsWith("Its possible owner \"hv2\" does not support version 10.0"));
}

TEST_CASE("the functional level counts whatever is said of the cluster", "[vm_cluster]") {
    ClusterWorld cluster;
    cluster.level = 9;
    auto world = cluster.with({clustered_vm("web", "hv1")});
    VmVersionRequest request;
    request.cluster = GENERATE(false, true);

    CHECK_THAT(row_of(world.upgrade(request), "web").reason,
               Catch::StartsWith("The functional level of cluster \"c1\" is 9; needed is level 11"));
}

TEST_CASE("a VM on a node of the cluster that is no role of it follows no rule of it", "[vm_cluster]") {
    ClusterWorld cluster;
    cluster.level = 9;
    auto vm = clustered_vm("web", "hv1");
    vm.clustered = false;
    auto world = cluster.with({vm});

    CHECK(row_of(world.upgrade({}), "web").outcome == Outcome::upgraded);
}

TEST_CASE("VMs of nodes beyond the run are seen only where the whole cluster is looked at", "[vm_cluster]") {
    ClusterWorld cluster;
    cluster.nodes.emplace_back("hv3");
    auto here = clustered_vm("here", "hv1");
    here.possible_owners = {"hv1"};
    auto world = cluster.with({here, clustered_vm("there", "hv3")});
    VmVersionRequest request;

    CHECK(world.upgrade(request, true).targets.size() == 1);
    request.cluster = true;
    const auto row = row_of(world.upgrade(request, true), "there");

    CHECK(row.outcome == Outcome::skipped);
    CHECK(row.host == "hv3");
    CHECK(row.reason == "It is on node \"hv3\", which is none of the hosts of this run. Run it there too.");
}

TEST_CASE("a VM that only the cluster's namespace can upgrade is upgraded there, and the answer says so",
          "[vm_cluster]") {
    const ClusterWorld cluster;
    auto vm = clustered_vm("web", "hv1");
    vm.upgrade.known_in = simulation::UpgradedIn::cluster;
    auto world = cluster.with({vm});

    const auto row = row_of(world.upgrade({}), "web");

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.version == "10.0");
    CHECK(row.reason == R"(It was upgraded through root\HyperVCluster\v2.)");
}

TEST_CASE("a VM that moves between reading and call is upgraded where it went", "[vm_cluster]") {
    const ClusterWorld cluster;
    auto vm = clustered_vm("web", "hv1", "running");
    vm.upgrade.moves_to = "hv2";
    auto world = cluster.with({vm});

    const auto row = row_of(world.upgrade(test::shutting_down()), "web");

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.host == "hv2");
    CHECK(row.state == "running");
}

TEST_CASE("a VM that moves to a node beyond the run is skipped and the node named", "[vm_cluster]") {
    ClusterWorld cluster;
    cluster.nodes.emplace_back("hv3");
    auto vm = clustered_vm("web", "hv1");
    vm.possible_owners = {"hv1", "hv2"};
    vm.upgrade.moves_to = "hv3";
    auto world = cluster.with({vm});

    const auto row = row_of(world.upgrade({}), "web");

    CHECK(row.outcome == Outcome::skipped);
    CHECK(row.reason ==
          "It has moved to node \"hv3\", which is none of the hosts of this run. Run it there too.");
    CHECK_FALSE(row.changed);
}

TEST_CASE("information tells the cluster, its nodes and the owners", "[vm_cluster]") {
    const ClusterWorld cluster;
    auto vm = clustered_vm("web", "hv1");
    vm.possible_owners = {"hv1"};
    auto world = cluster.with({vm});

    const auto answer = world.list();

    REQUIRE(answer.clusters->size() == 1);
    CHECK(answer.clusters->front().name == "c1");
    CHECK(answer.clusters->front().functional_level == 12);
    CHECK(answer.clusters->front().nodes == std::vector<std::string>{"hv1", "hv2"});
    CHECK(answer.hosts->front().cluster == "c1");
    CHECK(answer.hosts->front().build == "20348");
    CHECK(answer.vms->front().clustered);
    CHECK(answer.vms->front().possible_owners == std::vector<std::string>{"hv1"});
    CHECK(answer.message == "1 virtual machine on 2 hosts");
}
