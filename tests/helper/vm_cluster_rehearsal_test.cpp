// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/json/answer.hpp"
#include "simulation/simulation_file.hpp"
#include "support/clustered.hpp"
#include "support/scratch_folder.hpp"

using namespace upshift;
using test::clustered_vm;
using test::ClusterWorld;
using test::World;

namespace {

/// A node beyond the run, as far as somebody knows it.
World with_other_node(const simulation::DescribedNode& node) {
    const ClusterWorld cluster;
    auto here = clustered_vm("here", "hv1");
    here.possible_owners = {"hv1", "hv2"};
    auto loose = clustered_vm("loose", "hv2");
    loose.clustered = false;
    simulation::Description description;
    description.hosts = cluster.hosts;
    description.vms = {here, loose, clustered_vm("anywhere", "hv2"), clustered_vm("there", "hv3")};
    description.clusters = {{"c1", 11, {"hv1", "hv2", "hv3"}, {node}}};
    return World(std::move(description));
}

World described_by(const Answer& answer) {
    const test::ScratchFolder folder;
    return World(simulation::read_simulation_file(folder.write("saved.json", to_json_line(answer))));
}

/// Two nodes of a cluster, of which hv1 does not tell which one it is in.
class HalfToldCluster {
  public:
    explicit HalfToldCluster(const simulation::DescribedFault& fault)
        : world_(ClusterWorld().with({clustered_vm("here", "hv1"), clustered_vm("there", "hv2")})),
          connector_(world_.model, std::make_shared<simulation::FaultPlan>(std::vector{fault}, nullptr)) {}

    Answer list() { return world_.list_over(connector_, {}, true); }
    Answer plan() { return world_.upgrade_over(connector_, {}, true); }

  private:
    World world_;
    simulation::SimulatedConnector connector_;
};

simulation::DescribedFault always(const std::string& kind, const std::string& subject, std::uint32_t code) {
    return {.kind = kind, .subject = subject, .host = "hv1", .code = code, .times = 1000};
}

simulation::DescribedNode node_of_some_kind() {
    return GENERATE(simulation::DescribedNode{"hv3", "", {}}, simulation::DescribedNode{"hv3", "20348", {}},
                    simulation::DescribedNode{"hv3", "17763", {{8, 0}, {9, 0}}},
                    simulation::DescribedNode{"hv3", "26100", {{8, 0}, {9, 0}, {10, 0}}});
}

}  // namespace

TEST_CASE("a saved answer about a cluster rehearses to the same plan", "[vm_cluster]") {
    auto world = with_other_node(node_of_some_kind());
    auto rehearsed = described_by(world.list({}, true));
    VmVersionRequest request;
    request.cluster = GENERATE(false, true);

    const auto plan = world.upgrade(request, true);

    CHECK(to_json_line(rehearsed.upgrade(request, true)) == to_json_line(plan));
    CHECK(plan.targets.size() == (request.cluster ? 4 : 3));
}

TEST_CASE("a saved answer about a cluster describes it again", "[vm_cluster]") {
    auto world = with_other_node(node_of_some_kind());
    const auto saved = world.list({}, true);

    auto again = described_by(saved);

    CHECK(to_json_line(again.list({}, true)) == to_json_line(saved));
}

TEST_CASE("a VM of which nobody could say whether it is clustered is refused in the rehearsal too",
          "[vm_cluster]") {
    const auto fault = GENERATE(always("connect", R"(root\MSCluster)", 0x80041003),
                                always("query", "MSCluster_Cluster", 0x80041010),
                                always("query", "MSCluster_Resource", 0x800706BA));
    HalfToldCluster cluster(fault);
    const auto saved = cluster.list();
    auto rehearsed = described_by(saved);

    const auto plan = cluster.plan();

    CHECK_FALSE(saved.vms.value().at(0).clustered);
    CHECK(saved.vms.value().at(1).clustered == true);
    CHECK_THAT(plan.targets.at(0).reason,
               Catch::StartsWith("Whether it is clustered could not be looked up"));
    CHECK(plan.targets.at(1).outcome == Outcome::would_upgrade);
    CHECK(to_json_line(rehearsed.upgrade({}, true)) == to_json_line(plan));
    CHECK(to_json_line(rehearsed.list({}, true)) == to_json_line(saved));
}

TEST_CASE("another node that can be asked decides by its versions", "[vm_cluster]") {
    auto newer = with_other_node({"hv3", "26100", {{9, 0}, {10, 0}}});
    CHECK(newer.upgrade({}, true).targets.at(1).outcome == Outcome::would_upgrade);

    auto older = with_other_node({"hv3", "17763", {{9, 0}}});
    for (const auto& row : older.upgrade({}, true).targets) {
        if (row.name == "anywhere") {
            CHECK_THAT(row.reason, Catch::StartsWith("Its possible owner \"hv3\" does not support"));
        }
    }
}
