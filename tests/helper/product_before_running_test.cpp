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

}  // namespace

TEST_CASE("a met version leaves the package unopened", "[product_version]") {
    Situation situation("1.1.0", "1.1.0");
    ProductVersionRequest request;
    request.packages = {{.path = "gone.msi", .version = "1.1.0", .product_code = product_one}};

    const auto answer = situation.computer.upgrade(request);
    CHECK(answer.targets.front().outcome == Outcome::unchanged);
    CHECK(situation.computer.read_paths.empty());
}

TEST_CASE("selectors that fit no product together leave nothing met unseen", "[product_version]") {
    Situation situation("1.0.0", "1.0.0");
    ProductVersionRequest request;
    request.packages = {{.path = package_of("1.0.0").path,
                         .version = "1.0.0",
                         .product_code = product_one,
                         .upgrade_code = "{BBBBBBBB-0000-0000-0000-000000000002}"}};
    CHECK(situation.computer.upgrade(request).targets.front().outcome == Outcome::failed);
    CHECK(situation.computer.read_paths.size() == 1);

    request.packages.front().upgrade_code = test::family;
    request.packages.front().name = "Another*";
    (void)situation.computer.upgrade(request);
    CHECK(situation.computer.read_paths.size() == 2);

    request.packages.front().name = "Pro*";
    CHECK(situation.computer.upgrade(request).targets.front().outcome == Outcome::unchanged);
    CHECK(situation.computer.read_paths.size() == 2);
}

TEST_CASE("a log whose folder is not there is refused before anything runs, in check mode too",
          "[product_version]") {
    Situation situation("1.0.0", "1.1.0");
    situation.computer.has_log_folder = false;
    ProductVersionRequest request;
    request.packages = {{.path = package_of("1.1.0").path, .log_path = "C:\\nowhere\\agent.log"}};
    for (const bool check_mode : {true, false}) {
        const auto answer = situation.computer.upgrade(request, check_mode);
        const auto& row = answer.targets.front();
        CHECK(row.outcome == Outcome::failed);
        CHECK(row.version == "1.0.0");
        CHECK(row.error->kind == ErrorKind::refused);
        CHECK(row.error->found ==
              "the log cannot be written: the folder of log_path \"C:\\nowhere\\agent.log\" is not there");
        CHECK_FALSE(answer.changed);
    }
    CHECK(situation.computer.orders.empty());
    CHECK(situation.computer.notes.written.empty());

    request.packages.front().log_path.clear();
    CHECK(situation.computer.upgrade(request).targets.front().outcome == Outcome::upgraded);
}

TEST_CASE("check mode plans a package against what the earlier ones lead to", "[product_version]") {
    Computer computer;
    computer.products = {installed_from(package_of("1.4.0", product_one))};
    computer.add(package_of("1.5.0", product_one));
    computer.add(package_of("2.0.0", product_two));
    ProductVersionRequest request;
    request.packages = {{.path = package_of("2.0.0").path}, {.path = package_of("1.5.0").path}};
    CHECK(computer.upgrade(request, true).message == "1 would be upgraded, 1 already at 2.0.0");

    std::swap(request.packages.front(), request.packages.back());
    const auto both = computer.upgrade(request, true);
    CHECK(both.message == "2 would be upgraded");
    CHECK(both.targets[1].version_before == "1.5.0");
    CHECK(computer.products.front().version == "1.4.0");
}
