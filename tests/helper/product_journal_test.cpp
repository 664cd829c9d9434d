// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/diff.hpp"
#include "support/products.hpp"

using namespace upshift;
using test::Computer;
using test::family;
using test::installed_from;
using test::package_of;
using test::product_one;
using test::product_two;

namespace {

/// Version 1.0.0 may be installed, and 2.0.0, another product, is offered.
struct Upgrade {
    explicit Upgrade(bool is_installed = true) {
        if (is_installed) {
            computer.products = {installed_from(package_of("1.0.0", product_one))};
        }
        computer.add(package_of("2.0.0", product_two));
    }

    void left_behind(const std::string& begun, const std::string& id = product_two) {
        computer.notes.entries = {{.operation = "msi_product_version",
                                   .id = id,
                                   .name = "Probe",
                                   .begun = begun,
                                   .version = "2.0.0",
                                   .family = family,
                                   .replaces = product_one}};
    }
    TargetRow run() { return computer.upgrade().targets.front(); }

    Computer computer;
};

Diff diff_of(const TargetRow& row) {
    return upshift::diff_of({row});
}

}  // namespace

TEST_CASE("an installation is noted before it begins and taken out once it has ended", "[product_version]") {
    Upgrade upgrade;
    std::vector<JournalEntry> meanwhile;
    upgrade.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        meanwhile = upgrade.computer.notes.entries;
        return upgrade.computer.succeed(order);
    };
    upgrade.run();
    REQUIRE(meanwhile.size() == 1);
    CHECK(meanwhile.front().id == product_two);
    CHECK(meanwhile.front().begun == "installing");
    CHECK(meanwhile.front().version == "2.0.0");
    CHECK(meanwhile.front().family == family);
    CHECK(meanwhile.front().replaces == product_one);
    CHECK(upgrade.computer.notes.entries.empty());
}

TEST_CASE("nothing is installed where it cannot be noted", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.notes.full = true;
    CHECK(upgrade.run().outcome == Outcome::failed);
    CHECK(upgrade.computer.orders.empty());
}

TEST_CASE("check mode notes nothing", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.upgrade(true);
    CHECK(upgrade.computer.notes.written.empty());
}

TEST_CASE("an absent product whose upgrade was killed is installed, whatever when_absent says",
          "[product_version]") {
    Upgrade upgrade(false);
    upgrade.left_behind("installing");
    CHECK(upgrade.computer.upgrade(true).targets.front().classification == "interrupted");

    const auto row = upgrade.run();
    CHECK(row.outcome == Outcome::installed);
    CHECK(row.classification == "interrupted");
    CHECK(row.reason == "Version 2.0.0 was installed after an earlier run had been killed.");
    CHECK(upgrade.computer.notes.entries.empty());
}

TEST_CASE("a product that was being installed is installed once more, after what it replaces was removed",
          "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.products.push_back(installed_from(package_of("2.0.0", product_two)));
    upgrade.left_behind("installing");
    upgrade.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        if (order.path.empty()) {
            std::erase_if(upgrade.computer.products,
                          [&](const auto& product) { return product.product_code == order.product_code; });
        }
        return InstallResult{};
    };
    const auto row = upgrade.run();
    CHECK(row.outcome == Outcome::upgraded);
    CHECK(row.changed);
    REQUIRE(upgrade.computer.orders.size() == 2);
    CHECK(upgrade.computer.orders[0].product_code == product_one);
    CHECK(upgrade.computer.orders[1].properties.front() ==
          std::pair<std::string, std::string>("REINSTALL", "ALL"));
    CHECK(upgrade.computer.products.size() == 1);
    CHECK(upgrade.computer.notes.entries.empty());

    CHECK(upgrade.run().outcome == Outcome::unchanged);
}

TEST_CASE("a later package of the family finishes what a killed run left", "[product_version]") {
    Upgrade upgrade(false);
    upgrade.left_behind("installing", "{33333333-0000-0000-0000-000000000003}");
    CHECK(upgrade.run().outcome == Outcome::installed);
    CHECK(upgrade.computer.notes.entries.empty());
}

TEST_CASE("a failure that lost the old product is tried again by the next run", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.when_installing = [&](const InstallOrder&, InstallObserver&) {
        upgrade.computer.products.clear();
        return InstallResult{.code = 1603};
    };
    CHECK(upgrade.run().outcome == Outcome::failed);
    REQUIRE(upgrade.computer.notes.entries.size() == 1);
    CHECK(upgrade.computer.notes.entries.front().begun == "lost");
    CHECK(upgrade.run().outcome == Outcome::failed);
    CHECK(upgrade.computer.notes.entries.size() == 1);

    upgrade.computer.when_installing = nullptr;
    CHECK(upgrade.run().outcome == Outcome::installed);
    CHECK(upgrade.computer.notes.entries.empty());
}

TEST_CASE("a failure that left the old product is not tried again unasked", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.when_installing = [](const InstallOrder&, InstallObserver&) {
        return InstallResult{.code = 1603};
    };
    upgrade.run();
    CHECK(upgrade.computer.notes.entries.empty());
}

TEST_CASE("an old product that stayed beside the new one is removed by the next run", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        const bool is_upgrade = upgrade.computer.orders.size() == 1;
        if (is_upgrade) {
            upgrade.computer.products.push_back(installed_from(package_of("2.0.0", product_two)));
        }
        std::erase_if(upgrade.computer.products,
                      [&](const auto& product) { return product.product_code == order.product_code; });
        return InstallResult{};
    };
    const auto first = upgrade.run();
    CHECK(first.outcome == Outcome::failed);
    CHECK_THAT(first.error->hint, Catch::StartsWith("Run this again: it is removed first then."));
    CHECK_THAT(first.reason, Catch::EndsWith("Version 2.0.0 is installed now, beside version 1.0.0 (" +
                                             product_one + "), which the next run removes."));
    CHECK(diff_of(first).before ==
          "Probe (" + product_two + "): absent\nProbe (" + product_one + "): 1.0.0\n");
    CHECK(diff_of(first).after == "Probe (" + product_two + "): 2.0.0\nProbe (" + product_one + "): 1.0.0\n");
    CHECK(upgrade.computer.notes.entries.size() == 1);

    const auto planned = upgrade.computer.upgrade(true).targets.front();
    CHECK(planned.reason ==
          "An earlier run installed version 2.0.0 and failed to remove what that was to replace: it would be "
          "installed once more. Before that, version 1.0.0 (" +
              product_one + ") would be removed.");
    const auto second = upgrade.run();
    CHECK(second.outcome == Outcome::upgraded);
    CHECK(second.reason ==
          "Version 2.0.0 was installed once more after an earlier run had not finished it. Before that, "
          "version "
          "1.0.0 (" +
              product_one + ") had been removed.");
    CHECK(diff_of(second).after == diff_of(planned).after);
    CHECK(diff_of(second).after ==
          "Probe (" + product_two + "): 2.0.0, installed again\nProbe (" + product_one + "): absent\n");
    CHECK(upgrade.computer.products.size() == 1);
    CHECK(upgrade.computer.notes.entries.empty());
    CHECK(upgrade.run().outcome == Outcome::unchanged);
}

TEST_CASE("an old product that stayed and was removed by hand is not missed", "[product_version]") {
    Upgrade upgrade(false);
    upgrade.computer.products = {installed_from(package_of("2.0.0", product_two))};
    upgrade.left_behind("beside");
    CHECK(upgrade.run().outcome == Outcome::unchanged);
    CHECK(upgrade.computer.notes.entries.empty());
}

TEST_CASE("what an earlier run was to replace is told by the plan of a later version too",
          "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.packages.clear();
    upgrade.computer.add(package_of("2.1.0", product_two));
    upgrade.computer.products.push_back(installed_from(package_of("2.0.0", product_two)));
    upgrade.left_behind("beside");
    CHECK(upgrade.computer.upgrade(true).targets.front().reason ==
          "It would be upgraded from 2.0.0 to 2.1.0. Before that, version 1.0.0 (" + product_one +
              ") would be removed.");
}

TEST_CASE("what became of an earlier run is told with the version that it was about", "[product_version]") {
    const auto plan_after = [](const std::string& begun) {
        Upgrade upgrade(false);
        upgrade.left_behind(begun, "{33333333-0000-0000-0000-000000000003}");
        upgrade.computer.notes.entries.front().version = "1.9.0";
        return upgrade.computer.upgrade(true).targets.front().reason;
    };
    const std::string end = ": version 2.0.0 would be installed now.";
    CHECK(plan_after("installing") == "An earlier run was killed while it installed version 1.9.0" + end);
    CHECK(plan_after("lost") ==
          "An earlier run failed to install version 1.9.0, and nothing of the product was left" + end);
    CHECK(plan_after("suspended") ==
          "An earlier run was suspended for a restart while it installed version 1.9.0" + end);
}

TEST_CASE("a suspended installation stays noted, and nothing further is begun", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.when_installing = [](const InstallOrder&, InstallObserver&) {
        return InstallResult{.code = 1604};
    };
    ProductVersionRequest request;
    request.packages = {{.path = package_of("2.0.0").path}, {.path = "next.msi"}};
    const auto answer = upgrade.computer.upgrade(request);
    CHECK(upgrade.computer.notes.entries.front().begun == "suspended");
    CHECK(answer.targets[1].outcome == Outcome::skipped);
    CHECK(answer.targets[1].reason == "It was not begun: an earlier installation waits for a restart.");
}

TEST_CASE("after a restart has begun nothing further is", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        upgrade.computer.succeed(order);
        return InstallResult{.code = 1641};
    };
    ProductVersionRequest request;
    request.packages = {{.path = package_of("2.0.0").path}, {.path = "next.msi"}};
    const auto answer = upgrade.computer.upgrade(request);
    CHECK(answer.targets[0].outcome == Outcome::upgraded);
    CHECK(answer.targets[1].reason == "It was not begun: a restart of this computer has begun.");
}

TEST_CASE("what no package of a run is about is told as a warning and kept", "[product_version]") {
    Upgrade upgrade;
    upgrade.left_behind("installing", "{33333333-0000-0000-0000-000000000003}");
    upgrade.computer.notes.entries.front().family = "{44444444-0000-0000-0000-000000000004}";
    const auto answer = upgrade.computer.upgrade();
    CHECK(answer.warnings ==
          std::vector<std::string>{
              "An earlier run did not finish installing version 2.0.0 of \"Probe\". Give its "
              "package again to finish it."});
    CHECK(upgrade.computer.notes.entries.size() == 1);
}

TEST_CASE("an installation whose end cannot be read is told with the installer's answer, and stays noted",
          "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.when_installing = [&](const InstallOrder& order, InstallObserver&) {
        upgrade.computer.is_unreadable = true;
        return upgrade.computer.succeed(order);
    };
    const auto row = upgrade.run();
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.changed);
    CHECK(row.error->kind == ErrorKind::access_denied);
    CHECK(row.reason ==
          "The installer answered 0, but what is installed now could not be read: Access is denied.");
    CHECK(upgrade.computer.notes.entries.size() == 1);
}

TEST_CASE("an installer that cannot be started leaves nothing noted", "[product_version]") {
    Upgrade upgrade;
    upgrade.computer.when_installing = [](const InstallOrder&, InstallObserver&) -> InstallResult {
        throw OperationError({.kind = ErrorKind::not_supported,
                              .attempted = "load msi.dll",
                              .found = "there is no such library"});
    };
    CHECK(upgrade.run().error->kind == ErrorKind::not_supported);
    CHECK(upgrade.computer.notes.entries.empty());
}
