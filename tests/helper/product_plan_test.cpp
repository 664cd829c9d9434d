// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/diff.hpp"
#include "product_version/plan.hpp"
#include "support/products.hpp"

using namespace upshift;
using test::family;
using test::installed_from;
using test::package_of;
using test::product_one;
using test::product_two;
using Properties = std::vector<std::pair<std::string, std::string>>;

namespace {

Observation absent(const std::string& offered) {
    return {.package = package_of(offered), .same = std::nullopt, .related = {}};
}

Observation same(const std::string& installed, const std::string& offered) {
    return {.package = package_of(offered), .same = installed_from(package_of(installed)), .related = {}};
}

Observation related(const std::string& installed, const std::string& offered) {
    return {.package = package_of(offered),
            .same = std::nullopt,
            .related = {{installed_from(package_of(installed, product_two)), family}}};
}

ProductPlan plan(const Observation& seen, const ProductVersionRequest& choices = {}) {
    return plan_product(seen, {.path = seen.package.path}, choices);
}

}  // namespace

TEST_CASE("a minor upgrade reinstalls everything from the new package", "[product_version]") {
    const auto planned = plan(same("1.0.0", "1.1.0"));
    CHECK(planned.order->path == "C:\\packages\\1.1.0.msi");
    CHECK(planned.order->properties ==
          Properties{{"REINSTALL", "ALL"}, {"REINSTALLMODE", "vomus"}, {"REBOOT", "ReallySuppress"}});
    CHECK(planned.row.outcome == Outcome::would_upgrade);
    CHECK(planned.row.changed);
    CHECK(planned.row.reason == "It would be upgraded from 1.0.0 to 1.1.0.");
    CHECK(planned.row.product_code_before.empty());
}

TEST_CASE("a major upgrade is a first installation and reinstalls nothing", "[product_version]") {
    const auto planned = plan(related("1.0.0", "2.0.0"));
    CHECK(planned.order->properties == Properties{{"REBOOT", "ReallySuppress"}});
    CHECK(planned.row.outcome == Outcome::would_upgrade);
    CHECK(planned.row.product_code == product_one);
    CHECK(planned.row.product_code_before == product_two);
}

TEST_CASE("the installed version is left alone", "[product_version]") {
    const auto planned = plan(same("1.0.0", "1.0.0"));
    CHECK_FALSE(planned.order);
    CHECK(planned.row.outcome == Outcome::unchanged);
    CHECK_FALSE(planned.row.changed);
    CHECK(planned.row.version == "1.0.0");
    CHECK(planned.row.classification == "same");
}

TEST_CASE("an absent product fails, is skipped or is installed as the user says", "[product_version]") {
    const auto failed = plan(absent("1.0.0"));
    CHECK_FALSE(failed.order);
    CHECK(failed.row.error->kind == ErrorKind::not_found);
    CHECK(failed.row.reason ==
          "It is not installed; needed is an installed version below "
          "1.0.0. Set when_absent to install or to skip.");

    const auto skipped = plan(absent("1.0.0"), {.when_absent = WhenAbsent::skip});
    CHECK_FALSE(skipped.order);
    CHECK(skipped.row.outcome == Outcome::skipped);

    const auto installed = plan(absent("1.0.0"), {.when_absent = WhenAbsent::install});
    CHECK(installed.order->properties == Properties{{"REBOOT", "ReallySuppress"}});
    CHECK(installed.row.outcome == Outcome::would_install);
}

TEST_CASE("a newer version is left, or fails where the user says so", "[product_version]") {
    const auto left = plan(related("3.0.0", "2.0.0"));
    CHECK(left.row.outcome == Outcome::unchanged);
    CHECK(left.row.product_code == product_two);
    CHECK(left.row.reason == "The newer version 3.0.0 is installed.");

    const auto failed = plan(related("3.0.0", "2.0.0"), {.when_newer = WhenNewer::fail});
    CHECK_FALSE(failed.order);
    CHECK(failed.row.error->kind == ErrorKind::refused);
    CHECK(failed.row.reason ==
          "The newer version 3.0.0 is installed; needed is at most "
          "version 2.0.0. Leave when_newer at unchanged to accept newer versions.");
}

TEST_CASE("another build of the installed version is installed like a minor upgrade", "[product_version]") {
    auto seen = same("1.0.0", "1.0.0");
    seen.same->package_code = "{DDDDDDDD-0000-0000-0000-000000000001}";

    const auto planned = plan(seen);
    CHECK(planned.row.classification == "small_update");
    CHECK(planned.order->properties ==
          Properties{{"REINSTALL", "ALL"}, {"REINSTALLMODE", "vomus"}, {"REBOOT", "ReallySuppress"}});
    CHECK(planned.row.package_code_before == "{DDDDDDDD-0000-0000-0000-000000000001}");
    CHECK(planned.row.package_code == seen.package.package_code);
    CHECK(planned.row.reason == "Another build of version 1.0.0 would be installed.");
}

TEST_CASE("a package that would stand beside is refused, or installed where the user says so",
          "[product_version]") {
    const auto beside = related("2.0.0", "2.0.0");
    const auto refused = plan(beside);
    CHECK_FALSE(refused.order);
    CHECK(refused.row.classification == "side_by_side");
    CHECK(refused.row.error->kind == ErrorKind::refused);

    const auto installed = plan(beside, {.when_side_by_side = WhenSideBySide::install});
    CHECK(installed.order->properties == Properties{{"REBOOT", "ReallySuppress"}});
    CHECK(installed.row.outcome == Outcome::would_install);
    CHECK(installed.row.version_before.empty());
    CHECK(installed.row.product_code_before.empty());
    CHECK(installed.row.reason == "Version 2.0.0 would be installed beside version 2.0.0, which stays.");
}

TEST_CASE("what is never carried out is refused by its name", "[product_version]") {
    auto instance = same("1.0.0", "1.1.0");
    instance.same->instance = true;
    auto odd = same("beta", "1.1.0");
    for (const auto& [seen, name] : {std::pair(instance, "instance"), std::pair(odd, "unknown_version")}) {
        CAPTURE(name);
        const auto planned = plan(seen);
        CHECK_FALSE(planned.order);
        CHECK(planned.row.classification == name);
        CHECK(planned.row.error->kind == ErrorKind::refused);
    }
}

TEST_CASE("a package of another version than the wanted one is refused before it is used",
          "[product_version]") {
    const auto seen = same("1.0.0", "1.1.0");
    const auto planned = plan_product(seen, {.path = seen.package.path, .version = "1.2"}, {});
    CHECK_FALSE(planned.order);
    CHECK(planned.row.error->found == "the package \"C:\\packages\\1.1.0.msi\" provides version 1.1.0");
    CHECK(planned.row.error->needed == "a package of version 1.2");
}

TEST_CASE("a wanted version may be written shorter or longer than the package's", "[product_version]") {
    const auto seen = same("1.0.0", "1.1.0");
    CHECK(plan_product(seen, {.path = seen.package.path, .version = "1.1"}, {}).order);
    CHECK(plan_product(seen, {.path = seen.package.path, .version = "1.1.0.9"}, {}).order);
}

TEST_CASE("a package for another product than the named one is refused", "[product_version]") {
    const auto seen = same("1.0.0", "1.1.0");
    const auto by_product = plan_product(seen, {.path = seen.package.path, .product_code = product_two}, {});
    CHECK_FALSE(by_product.order);
    CHECK(by_product.row.error->needed == "a package for product " + product_two);

    const auto by_family = plan_product(seen, {.path = seen.package.path, .upgrade_code = product_two}, {});
    CHECK_FALSE(by_family.order);
    CHECK(by_family.row.error->needed == "a package with upgrade code " + product_two);
}

TEST_CASE("where nothing is installed the name must fit the package, unless nothing is to be installed",
          "[product_version]") {
    const auto named = [](const std::string& name, WhenAbsent when_absent) {
        ProductVersionRequest choices;
        choices.when_absent = when_absent;
        const auto seen = absent("1.0.0");
        return plan_product(seen, {.path = seen.package.path, .name = name}, choices);
    };
    const auto refused = named("Acrobat*", WhenAbsent::install);
    CHECK_FALSE(refused.order);
    CHECK(refused.row.error->found ==
          "the package \"C:\\packages\\1.0.0.msi\" is for \"Probe\" (" + product_one + ")");
    CHECK(refused.row.error->needed == "a package for a product with the name \"Acrobat*\"");
    CHECK(named("Acrobat*", WhenAbsent::fail).row.error->kind == ErrorKind::refused);
    CHECK(named("Acrobat*", WhenAbsent::skip).row.outcome == Outcome::skipped);
    CHECK(named("pro*", WhenAbsent::install).order);
}

TEST_CASE("transforms show among the properties, as the engine hands them over", "[product_version]") {
    const auto seen = related("1.0.0", "2.0.0");
    const auto planned =
        plan_product(seen, {.path = seen.package.path, .transforms = {"a.mst", "b.mst"}}, {});
    CHECK(planned.row.properties == Properties{{"REBOOT", "ReallySuppress"}, {"TRANSFORMS", "a.mst;b.mst"}});
    CHECK(planned.order->properties == Properties{{"REBOOT", "ReallySuppress"}});
}

TEST_CASE("the diff of a plan shows the version of the package, however short the wanted one is",
          "[product_version]") {
    const auto seen = same("1.0.0", "2.0.0");
    const auto planned = plan_product(seen, {.path = seen.package.path, .version = "2"}, {});
    CHECK(planned.row.version_wanted == "2");
    CHECK_THAT(diff_of({planned.row}).after, Catch::EndsWith(": 2.0.0\n"));
}

TEST_CASE("the diff says not known of a version that cannot be read", "[product_version]") {
    auto seen = same("1.0.0", "2.0.0");
    seen.same->version.clear();
    const auto row = plan(seen).row;
    CHECK_THAT(diff_of({row}).before, Catch::EndsWith(": not known\n"));
    CHECK(diff_of({row}).before == diff_of({row}).after);
}

TEST_CASE("a wanted version that is met needs no package", "[product_version]") {
    const auto one = installed_from(package_of("1.1.0"));
    const auto met = already_met({one}, {.path = "gone", .version = "1.1"}, WhenNewer::unchanged);
    REQUIRE(met);
    CHECK(met->outcome == Outcome::unchanged);
    CHECK(met->version == "1.1.0");

    CHECK_FALSE(already_met({one}, {.path = "gone", .version = "1.2"}, WhenNewer::unchanged));
    CHECK_FALSE(already_met({one}, {.path = "gone"}, WhenNewer::unchanged));
    CHECK_FALSE(already_met({}, {.path = "gone", .version = "1.1"}, WhenNewer::unchanged));
}

TEST_CASE("a wanted version that is exceeded needs no package and goes by when_newer", "[product_version]") {
    const auto newer = installed_from(package_of("2.0.0"));
    CHECK(already_met({newer}, {.path = "gone", .version = "1.1"}, WhenNewer::unchanged)->outcome ==
          Outcome::unchanged);
    const auto failed = already_met({newer}, {.path = "gone", .version = "1.1"}, WhenNewer::fail);
    CHECK(failed->outcome == Outcome::failed);
}
