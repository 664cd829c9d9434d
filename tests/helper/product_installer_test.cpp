// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "installer/outcome_codes.hpp"
#include "installer/package_code.hpp"
#include "installer/progress_meter.hpp"

using namespace upshift;

TEST_CASE("a code is read with braces, without and packed", "[installer]") {
    const std::string code = "{12345678-9ABC-DEF0-1234-56789ABCDEF0}";
    CHECK(normalized_code(code) == code);
    CHECK(normalized_code("12345678-9abc-def0-1234-56789abcdef0") == code);
    CHECK(normalized_code("87654321CBA90FED2143658 7A9CBED0F").empty());
    CHECK(normalized_code("87654321CBA90FED21436587A9CBED0F") == code);
    CHECK(normalized_code("").empty());
    CHECK(normalized_code("not a code").empty());
}

TEST_CASE("a code of the installer has its symbol, its text and its kind", "[installer]") {
    CHECK(outcome_code(1603).symbol == "ERROR_INSTALL_FAILURE");
    CHECK(outcome_code(1618).kind == ErrorKind::busy);
    CHECK(outcome_code(1602).kind == ErrorKind::cancelled);
    CHECK(outcome_code(1620).kind == ErrorKind::package_invalid);
    CHECK(outcome_code(1638).text == "another version of this product is installed");
}

TEST_CASE("a code without a row is told as one that is not documented", "[installer]") {
    CHECK(outcome_code(4711).code == 4711);
    CHECK(outcome_code(4711).kind == ErrorKind::failed);
    CHECK(outcome_code(4711).text == "it failed with a code that is not in its documentation");
}

TEST_CASE("only 0 and the codes that merely want a restart are success", "[installer]") {
    for (const std::uint32_t code : {0U, 1641U, 3010U, 3011U}) {
        CHECK(is_success(code));
    }
    for (const std::uint32_t code : {1602U, 1603U, 1604U, 1618U, 3017U}) {
        CHECK_FALSE(is_success(code));
    }
    CHECK(wants_reboot(1604));
    CHECK(wants_reboot(3017));
    CHECK_FALSE(wants_reboot(0));
}

TEST_CASE("progress is a share of the total that the installer announced", "[installer]") {
    ProgressMeter meter;
    CHECK(meter.percent() == -1);
    meter.progress({0, 200, 0});
    CHECK(meter.percent() == 0);
    meter.progress({2, 50, 0});
    CHECK(meter.percent() == 25);
    meter.progress({3, 200, 0});
    CHECK(meter.percent() == 12);
    meter.progress({2, 1000, 0});
    CHECK(meter.percent() == 100);
}

TEST_CASE("action data counts where the installer says what it is worth", "[installer]") {
    ProgressMeter meter;
    meter.progress({0, 100, 0});
    meter.action_data();
    CHECK(meter.percent() == 0);
    meter.progress({1, 10, 1});
    meter.action_data();
    CHECK(meter.percent() == 10);
    meter.progress({1, 10, 0});
    meter.action_data();
    CHECK(meter.percent() == 10);
}
