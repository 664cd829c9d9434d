// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "product_version/classify.hpp"
#include "support/products.hpp"

using namespace upshift;
using test::family;
using test::installed_from;
using test::package_of;
using test::product_one;
using test::product_two;

namespace {

Observation same_product(const std::string& installed, const std::string& offered) {
    return {.package = package_of(offered), .same = installed_from(package_of(installed)), .related = {}};
}

Observation related_product(const std::string& installed, const std::string& offered) {
    const RelatedProduct related{installed_from(package_of(installed, product_two)), family};
    return {.package = package_of(offered), .same = std::nullopt, .related = {related}};
}

Observation with_rows(Observation seen, std::vector<UpgradeRow> rows) {
    seen.package.upgrade_rows = std::move(rows);
    return seen;
}

Classification of(const Observation& seen) {
    return classify(seen).classification;
}

}  // namespace

TEST_CASE("the product of a package is told by version, on three unsigned fields", "[product_version]") {
    struct Situation {
        std::string installed;
        std::string offered;
        Classification expected;
    };
    const auto situation = GENERATE(values<Situation>({
        {"1.0.0", "1.0.0", Classification::same},
        {"1.0.0", "1.1.0", Classification::minor_upgrade},
        {"1.9.0", "1.10.0", Classification::minor_upgrade},
        {"4.0.0", "200.0.0", Classification::minor_upgrade},
        {"1.1.0", "1.0.0", Classification::newer_installed},
        {"2.0", "1.9.9", Classification::newer_installed},
        {"", "1.0.0", Classification::unknown_version},
        {"one", "1.0.0", Classification::unknown_version},
    }));
    CAPTURE(situation.installed, situation.offered);
    CHECK(of(same_product(situation.installed, situation.offered)) == situation.expected);
}

TEST_CASE("a fourth field of the version makes no difference", "[product_version]") {
    auto seen = same_product("1.0.0", "1.0.0");
    seen.same->version = "1.0.0.7";
    CHECK(of(seen) == Classification::same);
}

TEST_CASE("another build of the installed version is a small update", "[product_version]") {
    auto seen = same_product("1.0.0", "1.0.0");
    seen.same->package_code = "{DDDDDDDD-0000-0000-0000-000000000001}";
    CHECK(of(seen) == Classification::small_update);
}

TEST_CASE("a package code that is not known does not make a small update", "[product_version]") {
    auto seen = same_product("1.0.0", "1.0.0");
    seen.same->package_code.clear();
    CHECK(of(seen) == Classification::same);
}

TEST_CASE("a related product is told by version and by what the package replaces", "[product_version]") {
    CHECK(of(related_product("1.0.0", "2.0.0")) == Classification::major_upgrade);
    CHECK(of(related_product("3.0.0", "2.0.0")) == Classification::newer_installed);
    CHECK(of(related_product("2.0.0", "2.0.0")) == Classification::side_by_side);
}

TEST_CASE("the classified product is the installed one", "[product_version]") {
    CHECK(classify(related_product("1.0.0", "2.0.0")).installed->product_code == product_two);
    CHECK(classify(same_product("1.0.0", "2.0.0")).installed->product_code == product_one);
}

TEST_CASE("nothing related is absent", "[product_version]") {
    const auto classified = classify({.package = package_of("1.0.0"), .same = std::nullopt, .related = {}});
    CHECK(classified.classification == Classification::absent);
    CHECK_FALSE(classified.installed);
}

TEST_CASE("the bounds of an upgrade row count as its flags say", "[product_version]") {
    struct Situation {
        UpgradeRow row;
        Classification expected;
    };
    const auto row = [](const char* low, const char* high, bool low_in, bool high_in) {
        return UpgradeRow{.upgrade_code = family,
                          .version_min = low,
                          .version_max = high,
                          .min_inclusive = low_in,
                          .max_inclusive = high_in};
    };
    const auto situations = std::vector<Situation>{
        {row("1.0.0", "", true, false), Classification::major_upgrade},
        {row("1.0.0", "", false, false), Classification::side_by_side},
        {row("", "1.0.0", false, true), Classification::major_upgrade},
        {row("", "1.0.0", false, false), Classification::side_by_side},
        {row("0.9.0", "1.0.1", false, false), Classification::major_upgrade},
        {row("1.0.1", "1.9.0", true, true), Classification::side_by_side},
    };
    for (const auto& situation : situations) {
        CAPTURE(situation.row.version_min, situation.row.version_max);
        CHECK(of(with_rows(related_product("1.0.0", "2.0.0"), {situation.row})) == situation.expected);
    }
}

TEST_CASE("a row that only detects replaces nothing", "[product_version]") {
    const UpgradeRow row{.upgrade_code = family, .version_max = "2.0.0", .only_detect = true};
    CHECK(of(with_rows(related_product("1.0.0", "2.0.0"), {row})) == Classification::side_by_side);
}

TEST_CASE("a row for another upgrade code replaces nothing", "[product_version]") {
    const UpgradeRow row{.upgrade_code = product_two, .version_max = "2.0.0"};
    CHECK(of(with_rows(related_product("1.0.0", "2.0.0"), {row})) == Classification::side_by_side);
}

TEST_CASE("the languages of a row are those it replaces, or those it leaves", "[product_version]") {
    auto seen = related_product("1.0.0", "2.0.0");
    seen.related.front().product.language = 1031;
    const auto of_row = [&](const char* languages, bool exclusive) {
        return of(with_rows(seen, {{.upgrade_code = family,
                                    .version_max = "2.0.0",
                                    .languages = languages,
                                    .languages_exclusive = exclusive}}));
    };
    CHECK(of_row("1033,1031", false) == Classification::major_upgrade);
    CHECK(of_row("1033", false) == Classification::side_by_side);
    CHECK(of_row("1033", true) == Classification::major_upgrade);
    CHECK(of_row("1033,1031", true) == Classification::side_by_side);
}

TEST_CASE("what rules an upgrade out goes before every version", "[product_version]") {
    auto other_user = same_product("1.0.0", "2.0.0");
    other_user.same->of_another_user = true;
    CHECK(of(other_user) == Classification::other_user);

    auto per_user = related_product("1.0.0", "2.0.0");
    per_user.related.front().product.context = InstallContext::user_unmanaged;
    CHECK(of(per_user) == Classification::context_mismatch);

    auto advertised = same_product("1.0.0", "2.0.0");
    advertised.same->advertised = true;
    CHECK(of(advertised) == Classification::advertised);
}

TEST_CASE("a managed product of the user and a package for the user fit together", "[product_version]") {
    auto seen = same_product("1.0.0", "2.0.0");
    seen.same->context = InstallContext::user_managed;
    seen.package.context = InstallContext::user_unmanaged;
    CHECK(of(seen) == Classification::minor_upgrade);
}

TEST_CASE("a newer related product goes before an older one", "[product_version]") {
    auto seen = related_product("1.0.0", "2.0.0");
    seen.related.push_back({installed_from(package_of("3.0.0", family)), family});
    CHECK(of(seen) == Classification::newer_installed);
}

TEST_CASE("a major upgrade replaces several products, and is told by the highest of them",
          "[product_version]") {
    auto seen = related_product("1.0.0", "2.0.0");
    seen.related.push_back({installed_from(package_of("1.5.0", family)), family});
    const auto classified = classify(seen);
    CHECK(classified.classification == Classification::major_upgrade);
    CHECK(classified.installed->version == "1.5.0");
    CHECK(classified.replaced.size() == 2);
}

TEST_CASE("a product that the package merely looks for is told apart from one it does not know",
          "[product_version]") {
    const UpgradeRow looks{.upgrade_code = family, .version_max = "2.0.0", .only_detect = true};
    CHECK(classify(with_rows(related_product("1.0.0", "2.0.0"), {looks})).is_detected);
    CHECK_FALSE(classify(with_rows(related_product("1.0.0", "2.0.0"), {})).is_detected);
}

TEST_CASE("one of several instances is left alone", "[product_version]") {
    auto seen = same_product("1.0.0", "2.0.0");
    seen.same->instance = true;
    CHECK(of(seen) == Classification::instance);
}

TEST_CASE("what a killed run was installing is interrupted, whether it is absent or there in part",
          "[product_version]") {
    auto absent = same_product("1.0.0", "2.0.0");
    absent.same.reset();
    CHECK(of(absent) == Classification::absent);
    absent.unfinished = JournalEntry{.begun = "installing"};
    CHECK(of(absent) == Classification::interrupted);

    auto partial = same_product("2.0.0", "2.0.0");
    CHECK(of(partial) == Classification::same);
    partial.unfinished = JournalEntry{.begun = "installing"};
    partial.left_beside = {installed_from(package_of("1.0.0", product_two))};
    CHECK(classify(partial).replaced.size() == 1);
    CHECK(of(partial) == Classification::interrupted);
}

TEST_CASE("what a killed run was to replace goes with another build and with a later version too",
          "[product_version]") {
    for (const char* version : {"2.0.0", "2.1.0"}) {
        auto seen = same_product("2.0.0", version);
        seen.same->package_code = "{CCCCCCCC-0000-0000-0000-00000000000F}";
        seen.unfinished = JournalEntry{.begun = "installing"};
        seen.left_beside = {installed_from(package_of("1.0.0", product_two))};
        CHECK(classify(seen).replaced.size() == 1);
        CHECK(of(seen) != Classification::interrupted);
    }
}

TEST_CASE("what ended before, or Windows itself finishes after a restart, is not installed again",
          "[product_version]") {
    auto seen = same_product("2.0.0", "2.0.0");
    for (const char* begun : {"suspended", "lost"}) {
        seen.unfinished = JournalEntry{.begun = begun};
        CHECK(of(seen) == Classification::same);
    }
    auto older = same_product("1.0.0", "2.0.0");
    older.unfinished = JournalEntry{.begun = "installing"};
    CHECK(of(older) == Classification::minor_upgrade);
}
