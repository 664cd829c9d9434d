// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "vm_version/plan.hpp"

using namespace upshift;

namespace {

/// A situation starts as an off VM at 8.0 on a host with default 10.0, and is varied.
struct Case {
    ObservedHost host;
    ObservedVm vm;
    VmVersionRequest request;

    Case() {
        host.name = "hv1";
        host.default_version = ConfigurationVersion{10, 0};
        host.supported_versions = {{8, 0}, {9, 0}, {10, 0}, {254, 0}};
        host.upgrade_settings_class = true;
        vm.name = "web";
        at("8.0");
        vm.state = VmState::off;
    }

    Case& at(const std::string& version) {
        vm.version_text = version;
        vm.version = parse_configuration_version(version);
        return *this;
    }
    Case& in(VmState state) {
        vm.state = state;
        return *this;
    }
    Case& chosen(const std::string& version) {
        request.version = parse_configuration_version(version);
        return *this;
    }
    Case& when_running(WhenObstructed choice) {
        request.when_running = choice;
        return *this;
    }
    VmPlan plan() const { return plan_vm(host, vm, request); }
};

using Steps = std::vector<VmStep>;

}  // namespace

TEST_CASE("a VM that is off and below the default is upgraded in one step", "[vm_version]") {
    const auto plan = Case().plan();

    CHECK(plan.verdict == VmVerdict::upgrade);
    CHECK(plan.steps == Steps{VmStep::upgrade});
    CHECK(plan.wants_default);
    CHECK(plan.wanted == ConfigurationVersion{10, 0});
    CHECK(plan.reason == "It would be upgraded.");
}

TEST_CASE("a VM at or above the wanted version is left alone, whatever else is true of it", "[vm_version]") {
    struct Row {
        const char* version;
        const char* reason;
    };
    const auto [version, reason] = GENERATE(values<Row>({
        {"10.0", "It is already at 10.0."},
        {"10.5", "It is at 10.5, above the wanted 10.0."},
        {"254.0",
         "It is at the prerelease version 254.0, above the wanted 10.0; a prerelease is never upgraded."},
    }));
    auto situation = Case().at(version).in(VmState::saved);
    situation.vm.saved_checkpoints = {{"before patches", {}}};
    situation.vm.replication = Replication::replica;

    const auto plan = situation.plan();

    CHECK(plan.verdict == VmVerdict::unchanged);
    CHECK(plan.reason == reason);
    CHECK(plan.steps.empty());
}

TEST_CASE("versions compare as pairs of numbers and not as texts", "[vm_version]") {
    CHECK(Case().at("9.3").plan().verdict == VmVerdict::upgrade);
    CHECK(Case().at("9.0").chosen("8.0").plan().verdict == VmVerdict::unchanged);
}

TEST_CASE("a prerelease below a chosen prerelease is refused", "[vm_version]") {
    auto situation = Case().at("254.0").chosen("255.0");
    situation.host.supported_versions.push_back({255, 0});

    const auto plan = situation.plan();

    CHECK(plan.verdict == VmVerdict::refuse);
    CHECK(plan.error->kind == ErrorKind::refused);
    CHECK(
        plan.reason ==
        "It is at the prerelease version 254.0; needed is a virtual machine at a release version. Create it "
        "anew to bring it to another version.");
}

TEST_CASE("a default that is a prerelease is not gone to", "[vm_version]") {
    Case situation;
    situation.host.default_version = ConfigurationVersion{254, 0};

    const auto plan = situation.plan();

    CHECK(plan.verdict == VmVerdict::refuse);
    CHECK(plan.error->kind == ErrorKind::refused);
    CHECK_THAT(plan.reason, Catch::Contains("Choose one with version: 8.0, 9.0, 10.0."));
}

TEST_CASE("a chosen prerelease is refused although the host supports it", "[vm_version]") {
    const auto plan = Case().chosen("254.0").plan();

    CHECK(plan.verdict == VmVerdict::refuse);
    CHECK(plan.error->kind == ErrorKind::refused);
    CHECK(plan.reason ==
          "The wanted version 254.0 is a prerelease; needed is a release version. From a prerelease there is "
          "no "
          "way to another version. Choose one of 8.0, 9.0, 10.0.");
}

TEST_CASE("a chosen version that the host does not support is refused with those it does", "[vm_version]") {
    const auto plan = Case().chosen("9.9").plan();

    CHECK(plan.verdict == VmVerdict::refuse);
    CHECK(plan.error->kind == ErrorKind::refused);
    CHECK(
        sentence(*plan.error) ==
        "Could not upgrade the virtual machine \"web\": host \"hv1\" does not support version 9.9; needed is "
        "one of 8.0, 9.0, 10.0.");
}

TEST_CASE("a version can be chosen only where the host has the class for it", "[vm_version]") {
    auto situation = Case().chosen("9.0");
    CHECK(situation.plan().verdict == VmVerdict::upgrade);
    CHECK_FALSE(situation.plan().wants_default);

    situation.host.upgrade_settings_class = false;
    const auto plan = situation.plan();

    CHECK(plan.verdict == VmVerdict::refuse);
    CHECK(plan.error->kind == ErrorKind::not_supported);
    CHECK(sentence(*plan.error) ==
          "Could not upgrade the virtual machine \"web\": host \"hv1\" upgrades to its default version only; "
          "needed is Windows Server 2022 or later, which has Msvm_VirtualSystemUpgradeSettingData. Leave "
          "version out.");
}

TEST_CASE("a chosen version that is the default needs no class", "[vm_version]") {
    auto situation = Case().chosen("10.0");
    situation.host.upgrade_settings_class = false;

    CHECK(situation.plan().verdict == VmVerdict::upgrade);
    CHECK(situation.plan().wants_default);
}

TEST_CASE("every side of a replication is refused unless asked", "[vm_version]") {
    Case situation;
    situation.vm.replication = GENERATE(Replication::primary, Replication::replica, Replication::test_replica,
                                        Replication::extended_replica);

    const auto plan = situation.plan();

    CHECK(plan.verdict == VmVerdict::refuse);
    CHECK(plan.error->kind == ErrorKind::refused);
    CHECK_THAT(plan.error->found, Catch::Contains(std::string(name_of(situation.vm.replication))));
}

TEST_CASE("a running VM is refused, skipped or shut down as asked", "[vm_version]") {
    auto situation = Case().in(VmState::running);

    SECTION("refused unless something else is said") {
        CHECK(situation.plan().verdict == VmVerdict::refuse);
        CHECK(situation.plan().error->kind == ErrorKind::wrong_state);
        CHECK(situation.plan().reason ==
              "It is running; needed is a virtual machine that is off. Set when_running to shut_down to have "
              "it shut down and started again.");
    }
    SECTION("skipped") {
        CHECK(situation.when_running(WhenObstructed::skip).plan().verdict == VmVerdict::skip);
        CHECK(situation.plan().reason == "It is running, and when_running is skip.");
    }
    SECTION("shut down, upgraded and started again") {
        const auto plan = situation.when_running(WhenObstructed::act).plan();
        CHECK(plan.steps == Steps{VmStep::shut_down, VmStep::upgrade, VmStep::start});
        CHECK(plan.reason == "It would be shut down, upgraded and started again.");
    }
    SECTION("shut down, upgraded and left off") {
        situation.request.restart = false;
        const auto plan = situation.when_running(WhenObstructed::act).plan();
        CHECK(plan.steps == Steps{VmStep::shut_down, VmStep::upgrade});
        CHECK(plan.reason == "It would be shut down, upgraded and left off.");
    }
}

TEST_CASE("a VM that is neither off, running nor saved is never shut down", "[vm_version]") {
    const auto state = GENERATE(VmState::paused, VmState::starting, VmState::stopping, VmState::other);
    auto situation = Case().in(state);

    CHECK(situation.when_running(WhenObstructed::act).plan().verdict == VmVerdict::refuse);
    CHECK(situation.plan().error->kind == ErrorKind::wrong_state);
    CHECK(situation.when_running(WhenObstructed::fail).plan().verdict == VmVerdict::refuse);
    CHECK(situation.when_running(WhenObstructed::skip).plan().verdict == VmVerdict::skip);
}

TEST_CASE("saved state is not thrown away unless asked", "[vm_version]") {
    auto situation = Case().in(VmState::saved);

    CHECK(situation.plan().verdict == VmVerdict::refuse);
    CHECK(situation.plan().reason ==
          "It is in saved state; needed is a virtual machine that is off. Start it and shut it down, or set "
          "when_saved to skip, or to discard to throw its saved state away.");
    situation.request.when_saved = WhenObstructed::skip;
    CHECK(situation.plan().verdict == VmVerdict::skip);
}

TEST_CASE("saved state in checkpoints stops the upgrade before the VM is shut down", "[vm_version]") {
    auto situation = Case().in(VmState::running).when_running(WhenObstructed::act);
    situation.vm.saved_checkpoints = {{"monday", {}}, {"tuesday", {}}};

    CHECK(situation.plan().verdict == VmVerdict::refuse);
    CHECK(situation.plan().error->found == "checkpoints \"monday\", \"tuesday\" hold saved state");
    situation.request.when_checkpoint_saved = WhenObstructed::skip;
    CHECK(situation.plan().verdict == VmVerdict::skip);
    CHECK(situation.plan().reason ==
          "Checkpoints \"monday\", \"tuesday\" hold saved state, and when_checkpoint_saved is skip.");
}

TEST_CASE("a host without a default version upgrades nothing", "[vm_version]") {
    Case situation;
    situation.host.default_version.reset();

    CHECK(situation.plan().error->kind == ErrorKind::not_supported);
    CHECK_THAT(situation.plan().error->found, Catch::Contains("host \"hv1\" names no default version"));
}

TEST_CASE("a VM whose version cannot be read is refused", "[vm_version]") {
    const auto plan = Case().at("").plan();

    CHECK(plan.verdict == VmVerdict::refuse);
    CHECK(plan.error->found == "its version is given as \"\"");
}
