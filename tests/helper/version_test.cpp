// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/version.hpp"

#include <catch2/catch.hpp>

using namespace upshift;

TEST_CASE("configuration versions compare as pairs of integers", "[version]") {
    CHECK(parse_configuration_version("9.3") < parse_configuration_version("10.0"));
    CHECK(parse_configuration_version("10.0") < parse_configuration_version("10.5"));
    CHECK(parse_configuration_version("254.0")->is_prerelease());
    CHECK_FALSE(parse_configuration_version("12.0")->is_prerelease());
}

TEST_CASE("what is no configuration version is refused", "[version]") {
    for (const auto* text :
         {"", "10", "10.", ".1", "10.0.1", "a.b", " 9.0", "9.0 ", "-1.0", "4294967296.0"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_configuration_version(text));
    }
}

TEST_CASE("product versions compare on three unsigned fields", "[version]") {
    CHECK(parse_product_version("2.0") == parse_product_version("2.0.0.7"));
    CHECK(parse_product_version("4.0.0") < parse_product_version("200.0.0"));
    CHECK(parse_product_version(std::string("1.1.0\0", 6)) == ProductVersion{1, 1, 0});
    CHECK_FALSE(parse_product_version("one"));
}
