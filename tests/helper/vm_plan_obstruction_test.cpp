// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "vm_version/plan.hpp"

using namespace upshift;

namespace {

/// A VM at 8.0 on a host with default 10.0, of which everything that may be thrown away or allowed is.
struct Case {
    ObservedHost host;
    ObservedVm vm;
    VmVersionRequest request;

    explicit Case(VmState state = VmState::off) {
        host.name = "hv1";
        host.default_version = ConfigurationVersion{10, 0};
        host.supported_versions = {{8, 0}, {9, 0}, {10, 0}};
        host.upgrade_settings_class = true;
        vm.name = "web";
        vm.version_text = "8.0";
        vm.version = ConfigurationVersion{8, 0};
        vm.state = state;
        request.when_running = WhenObstructed::act;
        request.when_saved = WhenObstructed::act;
        request.when_checkpoint_saved = WhenObstructed::act;
        request.replica_allowed = true;
    }
    VmPlan plan() const { return plan_vm(host, vm, request); }
};

using Steps = std::vector<VmStep>;
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a saved VM loses its saved state just before the upgrade and stays off", "[vm_version]") {
    const auto plan = Case(VmState::saved).plan();

    CHECK(plan.steps == Steps{VmStep::discard_saved_state, VmStep::upgrade});
    CHECK(plan.discards == Names{"saved state of the virtual machine"});
    CHECK(plan.reason == "It would be cleared of saved state and upgraded.");
}

TEST_CASE("saved state of checkpoints goes after the shutdown, and is named", "[vm_version]") {
    Case situation(VmState::running);
    situation.vm.saved_checkpoints = {{"monday", {}}, {"tuesday", {}}};

    const auto plan = situation.plan();

    CHECK(plan.steps ==
          Steps{VmStep::shut_down, VmStep::discard_checkpoints, VmStep::upgrade, VmStep::start});
    CHECK(plan.discards ==
          Names{R"(saved state of checkpoint "monday")", R"(saved state of checkpoint "tuesday")"});
    CHECK(plan.reason == "It would be shut down, cleared of saved state, upgraded and started again.");
}

TEST_CASE("nothing is discarded where another rule stands in the way", "[vm_version]") {
    Case situation(VmState::saved);
    situation.vm.saved_checkpoints = {{"monday", {}}};

    SECTION("the version is reached") {
        situation.request.version = ConfigurationVersion{8, 0};
        CHECK(situation.plan().verdict == VmVerdict::unchanged);
    }
    SECTION("the version is not supported") {
        situation.request.version = ConfigurationVersion{9, 9};
        CHECK(situation.plan().verdict == VmVerdict::refuse);
    }
    SECTION("its checkpoints may not be touched") {
        situation.request.when_checkpoint_saved = WhenObstructed::fail;
        CHECK(situation.plan().verdict == VmVerdict::refuse);
    }
    SECTION("its own saved state may not be touched") {
        situation.request.when_saved = WhenObstructed::skip;
        CHECK(situation.plan().verdict == VmVerdict::skip);
    }
    CHECK(situation.plan().discards.empty());
    CHECK(situation.plan().steps.empty());
}

TEST_CASE("of a replication the primary alone can be allowed", "[vm_version]") {
    Case situation;
    situation.vm.replication = Replication::primary;
    CHECK(situation.plan().verdict == VmVerdict::upgrade);

    situation.vm.replication =
        GENERATE(Replication::replica, Replication::test_replica, Replication::extended_replica);
    const auto plan = situation.plan();

    CHECK(plan.error->kind == ErrorKind::refused);
    CHECK(plan.error->hint ==
          "Only the primary of a replication can be upgraded, with replica set to allow.");
}

TEST_CASE("a primary is refused with the way to allow it", "[vm_version]") {
    Case situation;
    situation.vm.replication = Replication::primary;
    situation.request.replica_allowed = false;

    CHECK(
        situation.plan().reason ==
        "It takes part in Hyper-V Replica (primary); needed is a virtual machine that is not replicated. An "
        "older host on the other side could not run it after the upgrade. Set replica to allow where the "
        "other side can.");
}

TEST_CASE("a host from before the method upgrades nothing and says which Windows is needed", "[vm_version]") {
    Case situation;
    situation.host.build = "9600";

    CHECK(situation.plan().error->kind == ErrorKind::not_supported);
    CHECK(sentence(*situation.plan().error) ==
          "Could not upgrade the virtual machine \"web\": host \"hv1\" (build 9600) has no "
          "UpgradeSystemVersion method; needed is Windows Server 2016 or later. Move it to a newer host and "
          "upgrade it there.");
}

TEST_CASE("a host from before the method has nothing to do for a VM that is there", "[vm_version]") {
    Case situation;
    situation.host.build = "9600";
    situation.host.default_version = ConfigurationVersion{8, 0};

    CHECK(situation.plan().verdict == VmVerdict::unchanged);
}

TEST_CASE("a VM of another node is skipped and names it", "[vm_version]") {
    Case situation;
    situation.host.name = "hv2";
    situation.host.elsewhere = true;

    CHECK(situation.plan().verdict == VmVerdict::skip);
    CHECK(situation.plan().reason ==
          "It is on node \"hv2\", which is none of the hosts of this run. Run it there too.");
}
