// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "installer/patch_description.hpp"
#include "product_version/classify_patch.hpp"
#include "support/products.hpp"

using namespace upshift;

namespace {

const std::string patch_one = "{BBBBBBBB-0000-0000-0000-000000000001}";
const std::string patch_two = "{BBBBBBBB-0000-0000-0000-000000000002}";

PatchTarget target_to(const std::string& version, const std::string& new_version) {
    return {.product_code = test::product_one,
            .version = version,
            .version_match = VersionMatch::equal,
            .new_version = new_version};
}

PatchDescription patch_for(std::vector<PatchTarget> targets) {
    return {patch_one, {}, std::move(targets)};
}

PatchedProduct installed(const std::string& version, std::vector<InstalledPatch> patches = {}) {
    return {test::installed_from(test::package_of(version)), std::move(patches)};
}

Classification classification_of(const PatchDescription& patch, const PatchedProduct& product) {
    return classify_patch(patch, {product}).classification;
}

}  // namespace

TEST_CASE("a transform of a patch tells the product before and after, and what is compared", "[patch]") {
    const auto target =
        patch_target(test::product_one + "1.0.0;" + test::product_one + "1.0.5;" + test::family, 0x09220000);
    REQUIRE(target);
    CHECK(target->product_code == test::product_one);
    CHECK(target->version == "1.0.0");
    CHECK(target->version_match == VersionMatch::equal);
    CHECK(target->version_fields == 3);
    CHECK(target->new_version == "1.0.5");
    CHECK(target->new_product_code.empty());
    CHECK(target->upgrade_code == test::family);
}

TEST_CASE("a transform that compares no version takes any", "[patch]") {
    const auto target =
        patch_target(test::product_one + "1.0.0;" + test::product_two + "2.0.0;" + test::family, 0x01000000);
    REQUIRE(target);
    CHECK(target->version_match == VersionMatch::any);
    CHECK(target->new_product_code == test::product_two);
    CHECK(takes_version(*target, "7.0"));
}

TEST_CASE("what is no summary of a transform gives no target", "[patch]") {
    for (const auto* text : {"", ";", "{", "1.0.0;1.0.5", "{11111111-0000-0000-0000-000000000001}1.0.0",
                             "{11111111-0000-0000-0000-000000000001;{}"}) {
        CAPTURE(text);
        CHECK_FALSE(patch_target(text, 0xFFFFFFFF));
    }
}

TEST_CASE("codes are found one after the other and between other text", "[patch]") {
    CHECK(codes_in(patch_one + patch_two) == std::vector{patch_one, patch_two});
    CHECK(codes_in(patch_one + ";" + patch_two + ";{broken}") == std::vector{patch_one, patch_two});
    CHECK(codes_in("none").empty());
}

TEST_CASE("versions are compared on as many fields as the patch says", "[patch]") {
    auto target = target_to("1.2.3", "");
    CHECK_FALSE(takes_version(target, "1.2.4"));
    target.version_fields = 2;
    CHECK(takes_version(target, "1.2.4"));
    CHECK_FALSE(takes_version(target, "1.3.3"));
    target.version_fields = 1;
    CHECK(takes_version(target, "1.9"));
}

TEST_CASE("each comparison takes the versions that it names", "[patch]") {
    struct Row {
        VersionMatch match;
        bool lower;
        bool same;
        bool higher;
    };
    for (const auto& row :
         {Row{VersionMatch::any, true, true, true}, Row{VersionMatch::less, true, false, false},
          Row{VersionMatch::less_equal, true, true, false}, Row{VersionMatch::equal, false, true, false},
          Row{VersionMatch::greater_equal, false, true, true},
          Row{VersionMatch::greater, false, false, true}}) {
        CAPTURE(name_of(row.match));
        auto target = target_to("2.0.0", "");
        target.version_match = row.match;
        CHECK(takes_version(target, "1.0.0") == row.lower);
        CHECK(takes_version(target, "2.0.0") == row.same);
        CHECK(takes_version(target, "3.0.0") == row.higher);
    }
}

TEST_CASE("a patch is what its code and the version say", "[patch]") {
    const auto patch = patch_for({target_to("1.0.0", "1.0.5")});
    CHECK(classification_of(patch, installed("1.0.0")) == Classification::applicable);
    CHECK(classification_of(patch, installed("1.0.5")) == Classification::superseded);
    CHECK(classification_of(patch, installed("1.1.0")) == Classification::superseded);
    CHECK(classification_of(patch, installed("1.0.1")) == Classification::not_applicable);
    CHECK(classification_of(patch, installed("1.0.5", {{patch_one, PatchState::applied, {}}})) ==
          Classification::applied);
    CHECK(classification_of(patch, installed("1.0.0", {{patch_one, PatchState::superseded, {}}})) ==
          Classification::superseded);
    CHECK(classification_of(patch, installed("1.0.0", {{patch_two, PatchState::applied, {patch_one}}})) ==
          Classification::superseded);
}

TEST_CASE("of the transforms for one product the one for its version counts", "[patch]") {
    const auto patch = patch_for({target_to("1.0.0", "1.0.5"), target_to("1.1.0", "1.1.5")});
    const auto classified = classify_patch(patch, {installed("1.1.0")});
    CHECK(classified.classification == Classification::applicable);
    CHECK(classified.target.new_version == "1.1.5");
}

TEST_CASE("a patch that raises no version does not count as reached by a newer product", "[patch]") {
    const auto patch = patch_for({target_to("1.0.0", "1.0.0")});
    CHECK(classification_of(patch, installed("1.1.0")) == Classification::not_applicable);
}

TEST_CASE("a product that can be patched decides over one that has the patch", "[patch]") {
    auto other = target_to("1.0.0", "1.0.5");
    other.product_code = test::product_two;
    const auto patch = patch_for({target_to("1.0.0", "1.0.5"), other});
    const PatchedProduct second{test::installed_from(test::package_of("1.0.0", test::product_two)), {}};
    const auto classified =
        classify_patch(patch, {installed("1.0.5", {{patch_one, PatchState::applied, {}}}), second});
    CHECK(classified.classification == Classification::applicable);
    CHECK(classified.installed->product_code == test::product_two);
    CHECK(classified.applicable.size() == 1);
}

TEST_CASE("another user's product and an advertised one cannot be patched", "[patch]") {
    const auto patch = patch_for({target_to("1.0.0", "1.0.5")});
    auto product = installed("1.0.0");
    product.product.of_another_user = true;
    CHECK(classification_of(patch, product) == Classification::other_user);
    product.product.of_another_user = false;
    product.product.advertised = true;
    CHECK(classification_of(patch, product) == Classification::advertised);
}
