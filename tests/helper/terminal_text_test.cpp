// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/terminal_text.hpp"

#include <catch2/catch.hpp>

using namespace upshift;

TEST_CASE("a name cannot give orders to the terminal", "[terminal]") {
    CHECK(printable("a\x1b[2Jb\r\n\x7f", true) == "a?[2Jb???");
    CHECK(printable("evil\u202Eexe\u202C", true) == "evil?exe?");
    CHECK(printable("\xc2\x9b"
                    "31m",
                    true) == "?31m");
}

TEST_CASE("bytes that are no UTF-8 are shown as question marks", "[terminal]") {
    CHECK(printable("a\xff\xc3", true) == "a??");
    CHECK(printable("\xed\xa0\x80", true) == "???");
    CHECK(printable("\xc0\xaf", true) == "??");
}

TEST_CASE("names outside ASCII are kept on a UTF-8 terminal alone", "[terminal]") {
    CHECK(printable("Zürich 東京", true) == "Zürich 東京");
    CHECK(printable("Zürich", false) == "Z?rich");
}

TEST_CASE("width counts columns, not bytes", "[terminal]") {
    CHECK(display_width("Zürich") == 6);
    CHECK(display_width("東京") == 4);
    CHECK(display_width("e\u0301") == 1);
}

TEST_CASE("what is too long is cut between characters and says so", "[terminal]") {
    CHECK(fit("server-number-one", 10) == "server-...");
    CHECK(fit("東京東京東京", 8) == "東京...");
    CHECK(fit("abcdef", 2) == "ab");
    CHECK(fit("fits", 4) == "fits");
}

TEST_CASE("padding fills up to the column", "[terminal]") {
    CHECK(pad("東", 4) == "東  ");
    CHECK(pad("abcdefgh", 6) == "abc...");
}
