// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/diff.hpp"
#include "support/products.hpp"

using namespace upshift;
using test::Computer;
using test::installed_from;
using test::package_of;
using test::product_one;
using test::product_two;

namespace {

/// A computer that has one version and is given the package of another.
struct Situation {
    Situation(const std::string& installed, const std::string& offered,
              const std::string& offered_code = product_one) {
        computer.products = {installed_from(package_of(installed))};
        computer.add(package_of(offered, offered_code));
    }
    TargetRow upgrade() { return computer.upgrade().targets.front(); }

    Computer computer;
};

Computer::Install answering(std::uint32_t code) {
    return [code](const InstallOrder&, InstallObserver&) { return InstallResult{.code = code}; };
}

}  // namespace

TEST_CASE("an upgrade is read back and told, and the second run changes nothing", "[product_version]") {
    Situation situation("1.0.0", "2.0.0", product_two);

    const auto first = situation.computer.upgrade();
    const auto& row = first.targets.front();
    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.version == "2.0.0");
    CHECK(row.product_code_before == product_one);
    CHECK(row.reason == "It was upgraded from 1.0.0 to 2.0.0.");
    CHECK(row.reboot_required == false);
    CHECK(first.changed);

    const auto second = situation.computer.upgrade();
    CHECK_FALSE(second.changed);
    CHECK(situation.computer.orders.size() == 1);
}

TEST_CASE("check mode answers with the plan and runs nothing", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");

    const auto answer = situation.computer.upgrade(true);
    CHECK(situation.computer.orders.empty());
    CHECK(answer.changed);
    CHECK(answer.targets.front().outcome == Outcome::would_upgrade);
}

TEST_CASE("code 0 with nothing changed is a failure", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.when_installing = answering(0);

    const auto row = situation.upgrade();
    CHECK(row.outcome == Outcome::failed);
    CHECK_FALSE(row.changed);
    CHECK(row.version == "1.0.0");
    CHECK(row.error->found ==
          "the installer answered that it succeeded, but version 1.1.0 is not what is installed");
}

TEST_CASE("a product that became merely advertised is a failure", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        situation.computer.succeed(order);
        situation.computer.products.front().advertised = true;
        return InstallResult{};
    };
    CHECK(situation.upgrade().outcome == Outcome::failed);
}

TEST_CASE("codes that ask for a restart succeed and say so", "[product_version]") {
    for (const std::uint32_t code : {3010U, 1641U}) {
        Situation situation("1.0.0", "1.1.0");
        situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
            situation.computer.succeed(order);
            return InstallResult{.code = code};
        };
        const auto answer = situation.computer.upgrade();
        CHECK(answer.targets.front().outcome == Outcome::upgraded);
        CHECK(answer.reboot_required);
        CHECK(answer.targets.front().reboot_initiated == (code == 1641));
    }
}

TEST_CASE("a restart that is newly asked for is told, one from before is not", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.reboots = {"Windows Update"};
    CHECK(situation.upgrade().reboot_required == false);

    Situation renaming("1.0.0", "1.1.0");
    renaming.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        renaming.computer.reboots = {"PendingFileRenameOperations"};
        return renaming.computer.succeed(order);
    };
    CHECK(renaming.upgrade().reboot_required == true);
}

TEST_CASE("a suspended installation fails and wants a restart", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.when_installing = answering(1604);

    const auto row = situation.upgrade();
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.reboot_required == true);
    CHECK(row.error->symbol == "ERROR_INSTALL_SUSPEND");
}

TEST_CASE("a failure names the action, the texts, the code and what is left", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.when_installing = [](const InstallOrder&, InstallObserver&) {
        return InstallResult{
            .code = 1603, .failing_action = "WriteFiles", .texts = {"Error 1304. No space."}};
    };
    const auto row = situation.upgrade();
    CHECK(row.error->cause == "Error 1304. No space.");
    CHECK(
        row.reason ==
        "The installer answered: a fatal error occurred during the "
        "installation, in the action WriteFiles (Windows Installer 1603, ERROR_INSTALL_FAILURE). Error 1304. "
        "No "
        "space. The log named in the answer says which action failed and why: look above the first \"Return "
        "value 3\". Version 1.0.0 is installed "
        "now.");
}

TEST_CASE("a failed major upgrade that lost the old product says so and is a change", "[product_version]") {
    Situation situation("1.0.0", "2.0.0", product_two);
    situation.computer.when_installing = [&](const InstallOrder&, InstallObserver&) {
        situation.computer.products.clear();
        return InstallResult{.code = 1603};
    };
    const auto row = situation.upgrade();
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.changed);
    CHECK(row.version.empty());
    CHECK(diff_of({row}).before == "Probe (" + product_one + "): 1.0.0\n");
    CHECK(diff_of({row}).after == "Probe (" + product_two + "): absent\n");
    CHECK_THAT(row.reason,
               Catch::EndsWith("The old version 1.0.0 is no longer installed. The next run installs "
                               "the new one, whatever when_absent says."));
}

TEST_CASE("an old product that was to be replaced and stays beside the new one is a failure",
          "[product_version]") {
    Situation situation("1.0.0", "2.0.0", product_two);
    situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        situation.computer.products.push_back(installed_from(situation.computer.packages.at(order.path)));
        return InstallResult{};
    };
    const auto row = situation.upgrade();
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.changed);
    CHECK(row.version == "2.0.0");
    CHECK(row.error->found == "the installer answered that it succeeded, but version 1.0.0 (" + product_one +
                                  "), to be replaced, is still installed beside it");
}

TEST_CASE("another build than the package's is a failure", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        situation.computer.succeed(order);
        situation.computer.products.front().package_code = "{DDDDDDDD-0000-0000-0000-000000000001}";
        return InstallResult{};
    };
    CHECK(situation.upgrade().error->found ==
          "the installer answered that it succeeded, but another build of "
          "version 1.1.0 is what is installed");
}

TEST_CASE("a feature that became merely advertised is a failure", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.features_of[product_one] = {{"Main", FeatureState::local},
                                                   {"Extra", FeatureState::absent}};
    situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        situation.computer.features_of[product_one].front().state = FeatureState::advertised;
        return situation.computer.succeed(order);
    };
    const auto row = situation.upgrade();
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->found ==
          "the installer answered that it succeeded, but the feature \"Main\" of it is now "
          "merely advertised");
}

TEST_CASE("a package that cannot be read fails alone", "[product_version]") {
    Computer computer;
    computer.add(package_of("1.0.0"));
    ProductVersionRequest request;
    request.packages = {{.path = "C:\\missing\\probe.msi"}, {.path = package_of("1.0.0").path}};
    request.when_absent = WhenAbsent::install;

    const auto answer = computer.upgrade(request);
    CHECK(answer.targets[0].name == "probe.msi");
    CHECK(answer.targets[0].error->kind == ErrorKind::package_unreadable);
    CHECK(answer.targets[1].outcome == Outcome::installed);
    CHECK(answer.failed);
}

TEST_CASE("after a failure nothing further is begun where the user says so", "[product_version]") {
    Computer computer;
    ProductVersionRequest request;
    request.packages = {{.path = "missing.msi"}, {.path = "other.msi"}};
    request.stop_on_failure = true;

    const auto answer = computer.upgrade(request);
    CHECK(computer.read_paths == std::vector<std::string>{"missing.msi"});
    CHECK(answer.targets[1].outcome == Outcome::skipped);
    CHECK(answer.targets[1].reason == "It was not begun: another one failed, and stop_on_failure is set.");
}

TEST_CASE("the events of a package have one name from the beginning to the end", "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver& observer) {
        observer.action_started("InstallFiles");
        observer.progressed(40);
        return situation.computer.succeed(order);
    };
    situation.upgrade();

    const auto& events = situation.computer.events;
    REQUIRE(events.size() == 4);
    for (const auto& event : events) {
        CHECK(event.target == "1.1.0.msi");
        CHECK(event.total == 1);
    }
    CHECK(events[0].kind == ProgressEvent::Kind::begun);
    CHECK(events[2].text == "InstallFiles");
    CHECK(events[2].percent == 40);
    CHECK(events[3].text == "upgraded");
}
