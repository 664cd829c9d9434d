// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "vm_version/plan.hpp"

using namespace upshift;

namespace {

/// A clustered VM at 8.0 on hv1, whose cluster of the highest level has another node of the same build.
struct Case {
    ObservedHost host;
    ObservedVm vm;
    VmVersionRequest request;

    Case() {
        host.name = "hv1";
        host.build = "20348";
        host.default_version = ConfigurationVersion{10, 0};
        host.supported_versions = {{8, 0}, {9, 0}, {10, 0}};
        host.upgrade_settings_class = true;
        host.cluster = std::make_shared<ObservedCluster>();
        host.cluster->name = "c1";
        host.cluster->functional_level = 12;
        host.cluster->nodes = {{"hv1", "20348", {}, {}}, {"hv2", "20348", {}, {}}};
        vm.name = "web";
        vm.version_text = "8.0";
        vm.version = ConfigurationVersion{8, 0};
        vm.state = VmState::off;
        vm.clustered = true;
        vm.possible_owners = {"hv1", "hv2"};
    }
    ObservedNode& other() { return host.cluster->nodes[1]; }
    VmPlan plan() const { return plan_vm(host, vm, request); }
};

}  // namespace

TEST_CASE("a clustered VM whose owners are all of one build is upgraded", "[vm_version]") {
    CHECK(Case().plan().verdict == VmVerdict::upgrade);
}

TEST_CASE("each version needs the functional level of its release", "[vm_version]") {
    struct Row {
        ConfigurationVersion wanted;
        std::int64_t level;
    };
    const auto row = GENERATE(values<Row>(
        {{{5, 0}, 8}, {{6, 2}, 9}, {{8, 0}, 9}, {{8, 3}, 10}, {{9, 0}, 10}, {{10, 0}, 11}, {{12, 0}, 12}}));
    Case situation;
    situation.vm.version = ConfigurationVersion{4, 0};
    situation.host.default_version = row.wanted;

    situation.host.cluster->functional_level = row.level;
    CHECK(situation.plan().verdict == VmVerdict::upgrade);
    situation.host.cluster->functional_level = row.level - 1;
    CHECK(situation.plan().verdict == VmVerdict::refuse);
}

TEST_CASE("a functional level that is too low is refused with the level needed", "[vm_version]") {
    const Case situation;
    situation.host.cluster->functional_level = 10;

    CHECK(situation.plan().error->kind == ErrorKind::refused);
    CHECK(situation.plan().reason ==
          "The functional level of cluster \"c1\" is 10; needed is level 11 for version 10.0. Upgrade every "
          "node, then run Update-ClusterFunctionalLevel.");
}

TEST_CASE("a functional level that is not known is refused", "[vm_version]") {
    const Case situation;
    situation.host.cluster->functional_level.reset();

    CHECK(situation.plan().error->found == "the functional level of cluster \"c1\" is not known");
}

TEST_CASE("an owner of another build decides by the versions it supports", "[vm_version]") {
    Case situation;
    situation.other().build = "17763";

    situation.other().supported_versions = {{8, 0}, {9, 0}, {10, 0}};
    CHECK(situation.plan().verdict == VmVerdict::upgrade);
    situation.other().supported_versions = {{8, 0}, {9, 0}};
    CHECK(situation.plan().error->kind == ErrorKind::refused);
    CHECK(situation.plan().reason ==
          "Its possible owner \"hv2\" does not support version 10.0; needed is possible owners that do; that "
          "one supports 8.0, 9.0. An upgrade cannot be undone, and a node that does not know the version "
          "cannot run the virtual machine.");
}

TEST_CASE("an owner that cannot be asked is refused by name, with why", "[vm_version]") {
    Case situation;
    situation.other().build = "";
    situation.other().error = ErrorDetail{.kind = ErrorKind::connection,
                                          .attempted = "connect to",
                                          .object = "hv2",
                                          .found = "the host does not answer"};

    const auto plan = situation.plan();

    CHECK(plan.error->kind == ErrorKind::refused);
    CHECK(plan.error->found == "its possible owner \"hv2\" could not be asked which versions it supports");
    CHECK(plan.error->cause == "Could not connect to \"hv2\": the host does not answer.");
}

TEST_CASE("builds that are not known do not count as the same", "[vm_version]") {
    Case situation;
    situation.host.build = "";
    situation.other().build = "";

    CHECK(situation.plan().verdict == VmVerdict::refuse);
}

TEST_CASE("a node that is no possible owner does not count", "[vm_version]") {
    Case situation;
    situation.other().build = "17763";
    situation.vm.possible_owners = {"HV1.example.org"};

    CHECK(situation.plan().verdict == VmVerdict::upgrade);
}

TEST_CASE("a clustered VM without listed owners may go to every node", "[vm_version]") {
    Case situation;
    situation.other().build = "17763";
    situation.vm.possible_owners.clear();

    CHECK(situation.plan().verdict == VmVerdict::refuse);
}

TEST_CASE("a VM of a node that is not clustered itself is free of the cluster's rules", "[vm_version]") {
    Case situation;
    situation.vm.clustered = false;
    situation.host.cluster->functional_level = 8;

    CHECK(situation.plan().verdict == VmVerdict::upgrade);
}

TEST_CASE("where nobody can say whether a VM is clustered it is left alone", "[vm_version]") {
    Case situation;
    situation.host.cluster_error = ErrorDetail{.kind = ErrorKind::access_denied,
                                               .attempted = "connect to",
                                               .object = "hv1",
                                               .found = "access is denied",
                                               .code = "0x80041003",
                                               .code_family = "HRESULT"};

    const auto plan = situation.plan();

    CHECK(plan.error->kind == ErrorKind::access_denied);
    CHECK(plan.error->code == "0x80041003");
    CHECK(plan.error->found == "whether it is clustered could not be looked up: access is denied");
}
