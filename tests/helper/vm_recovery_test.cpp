// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"
#include "support/earlier_run.hpp"

using namespace upshift;
using test::asking_for;
using test::described_vm;
using test::now;
using test::shut_down_earlier;
using test::shutting_down;
using test::World;

TEST_CASE("a VM is noted down before it is shut down, until it runs again", "[vm_version][journal]") {
    World world({described_vm("web", "8.0", "running")});

    (void)world.upgrade(shutting_down());

    REQUIRE(world.journal.written.size() == 1);
    CHECK(world.journal.written.front() == shut_down_earlier("web"));
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a VM that is to stay off is not noted down", "[vm_version][journal]") {
    World world({described_vm("web", "8.0", "running")});
    auto request = shutting_down();
    request.restart = false;

    CHECK(world.upgrade(request).targets.front().state == "off");

    CHECK(world.journal.written.empty());
}

TEST_CASE("nothing is begun with a VM that cannot be noted down", "[vm_version][journal]") {
    World world({described_vm("web", "8.0", "running")});
    world.journal.full = true;

    const auto row = world.upgrade(shutting_down()).targets.front();

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.state == "running");
    CHECK_FALSE(row.changed);
    CHECK_THAT(row.reason, Catch::StartsWith("The disk is full."));
    CHECK(world.stored.empty());
}

TEST_CASE("a VM that an earlier run left off is upgraded and started again", "[vm_version][journal]") {
    World world({described_vm("web")});
    world.journal.entries = {shut_down_earlier("web")};

    const auto row = world.upgrade(asking_for("web")).targets.front();

    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.version == "10.0");
    CHECK(row.state == "running");
    CHECK(row.reason == "It was upgraded and started again; an earlier run had shut it down.");
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a VM at the version that an earlier run left off is started again only", "[vm_version][journal]") {
    World world({described_vm("web", "10.0")});
    world.journal.entries = {shut_down_earlier("web")};

    const auto row = world.upgrade(asking_for("web")).targets.front();

    CHECK(row.outcome == Outcome::unchanged);
    CHECK(row.changed);
    CHECK(row.state == "running");
    CHECK(row.reason == "It is already at 10.0; an earlier run had shut it down, and it was started again.");
    CHECK(world.stored.at(0).upgrade_calls == 0);
    CHECK(world.journal.entries.empty());
}

TEST_CASE("check mode foretells what is finished for an earlier run, and finishes nothing",
          "[vm_version][journal]") {
    World world({described_vm("web", "10.0")});
    world.journal.entries = {shut_down_earlier("web")};

    const auto row = world.upgrade(asking_for("web"), true).targets.front();

    CHECK(row.outcome == Outcome::unchanged);
    CHECK(row.changed);
    CHECK(row.reason ==
          "It is already at 10.0; an earlier run had shut it down, and it would be started again.");
    CHECK(world.stored.empty());
    CHECK(world.journal.entries.size() == 1);
}

TEST_CASE("a VM that an earlier run left off is started again although nobody asks for it",
          "[vm_version][journal]") {
    World world({described_vm("asked", "10.0"), described_vm("web", "8.0")});
    world.journal.entries = {shut_down_earlier("web")};

    const auto answer = world.upgrade(asking_for("asked"));

    REQUIRE(answer.targets.size() == 2);
    const auto& row = answer.targets[1];
    CHECK(row.name == "web");
    CHECK(row.outcome == Outcome::unchanged);
    CHECK(row.version == "8.0");
    CHECK(row.state == "running");
    CHECK(row.reason == "It was not asked for; an earlier run had shut it down, and it was started again.");
    CHECK(answer.changed);
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a VM that may not be upgraded now is started again all the same", "[vm_version][journal]") {
    auto vm = described_vm("web");
    vm.saved_checkpoints = {"before"};
    World world({vm});
    world.journal.entries = {shut_down_earlier("web")};

    const auto row = world.upgrade(asking_for("web")).targets.front();

    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->kind == ErrorKind::wrong_state);
    CHECK(row.state == "running");
    CHECK_THAT(row.reason, Catch::Contains("An earlier run had shut it down, and it was started again."));
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a VM that an earlier run left off stays off where no restart is wanted now",
          "[vm_version][journal]") {
    World world({described_vm("web", "10.0")});
    world.journal.entries = {shut_down_earlier("web")};
    auto request = asking_for("web");
    request.restart = false;

    const auto row = world.upgrade(request).targets.front();

    CHECK_FALSE(row.changed);
    CHECK(row.state == "off");
    CHECK(row.reason == "It is already at 10.0; an earlier run had shut it down, and it is left off.");
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a VM at the version that runs again is no longer noted", "[vm_version][journal]") {
    World world({described_vm("web", "10.0", "running")});
    world.journal.entries = {shut_down_earlier("web")};
    world.journal.entries.front().begun_at = now();

    const auto answer = world.upgrade(asking_for("web"));

    CHECK(answer.targets.size() == 1);
    CHECK_FALSE(answer.changed);
    CHECK(world.journal.entries.empty());
}

TEST_CASE("a VM that runs stays noted for as long as it may still go off", "[vm_version][journal]") {
    World world({described_vm("other", "10.0"), described_vm("web", "8.0", "running")});
    world.journal.entries = {shut_down_earlier("web")};

    SECTION("its guest was asked a moment ago") {
        world.journal.entries.front().begun_at = now() - 60;
        (void)world.upgrade(asking_for("other"));
        CHECK(world.journal.entries.size() == 1);
    }
    SECTION("its guest was asked long ago") {
        world.journal.entries.front().begun_at = now() - 3600;
        (void)world.upgrade(asking_for("other"));
        CHECK(world.journal.entries.empty());
    }
}

TEST_CASE("a VM that is gone is no longer noted, with a warning", "[vm_version][journal]") {
    World world({described_vm("other", "10.0")});
    world.journal.entries = {shut_down_earlier("web")};

    const auto answer = world.upgrade(asking_for("other"));

    CHECK(answer.warnings ==
          std::vector<std::string>{
              "An earlier run had shut down \"web\" on host \"hv1\", which no longer has it; "
              "it is no longer looked for."});
    CHECK(world.journal.entries.empty());
}

TEST_CASE("what is noted of another host is left to a run on it", "[vm_version][journal]") {
    World world({described_vm("web", "10.0")});
    world.journal.entries = {shut_down_earlier("web", "hv9")};

    const auto answer = world.upgrade(asking_for("web"));

    CHECK_FALSE(answer.changed);
    CHECK(answer.warnings.empty());
    CHECK(world.journal.entries.size() == 1);
}

TEST_CASE("what could not be read of the journal is a warning", "[vm_version][journal]") {
    World world({described_vm("web", "10.0")});
    world.journal.warnings = {"Could not read the journal."};

    CHECK(world.upgrade(asking_for("web")).warnings ==
          std::vector<std::string>{"Could not read the journal."});
}

TEST_CASE("a run that ended while it discarded saved state is told of once", "[vm_version][journal]") {
    World world({described_vm("web", "8.0")});
    auto entry = shut_down_earlier("web");
    entry.begun = "discarding saved state";
    entry.restart = false;
    world.journal.entries = {entry};

    const auto answer = world.upgrade(asking_for("web"));

    CHECK(answer.targets.front().state == "off");
    CHECK(answer.warnings ==
          std::vector<std::string>{
              "An earlier run ended while it was discarding saved state of \"web\" on host "
              "\"hv1\"."});
    CHECK(world.journal.entries.empty());
}

TEST_CASE("saved state is noted down before it is discarded", "[vm_version][journal]") {
    World world({described_vm("web", "8.0", "saved")});
    VmVersionRequest request;
    request.when_saved = WhenObstructed::act;

    (void)world.upgrade(request);

    REQUIRE(world.journal.written.size() == 1);
    CHECK(world.journal.written.front().begun == "discarding saved state");
    CHECK_FALSE(world.journal.written.front().restart);
    CHECK(world.journal.entries.empty());
}
