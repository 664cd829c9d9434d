// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "installer/outcome_codes.hpp"

using namespace upshift;

namespace {

bool is_lower(char letter) {
    return letter >= 'a' && letter <= 'z';
}

/// Whole sentences: they begin with a capital letter and end with a full stop.
bool is_sentences(const std::string& text) {
    return !text.empty() && text.front() >= 'A' && text.front() <= 'Z' && text.back() == '.' &&
           text.find("  ") == std::string::npos && text.find("..") == std::string::npos;
}

/// What completes "the installer answered: …", or a proper name in front of it.
bool is_clause(const std::string& text) {
    const bool begins_well = !text.empty() && (is_lower(text.front()) || text.starts_with("Windows "));
    return begins_well && is_lower(text.back()) && text.find("  ") == std::string::npos;
}

}  // namespace

TEST_CASE("every code of the installer has one row with symbol, text and the way out", "[installer]") {
    std::set<std::uint32_t> seen;
    std::set<std::string> symbols;
    for (const OutcomeCode& row : outcome_codes()) {
        INFO("code " << code_text(row.code));
        CHECK(seen.insert(row.code).second);
        CHECK(symbols.insert(std::string(row.symbol)).second);
        CHECK((row.symbol.starts_with("ERROR_") || row.symbol.starts_with("RPC_E_")));
        CHECK(is_clause(std::string(row.text)));
        CHECK((row.code == 0 ? row.hint.empty() : is_sentences(std::string(row.hint))));
        CHECK(outcome_code(row.code).symbol == row.symbol);
    }
}

TEST_CASE("every code that the documentation of the installer lists has a row", "[installer]") {
    std::set<std::uint32_t> known;
    for (const OutcomeCode& row : outcome_codes()) {
        known.insert(row.code);
    }
    // "MsiExec.exe and InstMsi.exe Error Messages" goes from 1601 to 1654 without a gap but for 1617.
    for (std::uint32_t code = 1601; code <= 1654; ++code) {
        INFO("code " << code);
        CHECK(known.count(code) == (code == 1617 ? 0U : 1U));
    }
    for (const std::uint32_t code : {0U, 13U, 87U, 120U, 1259U, 3010U}) {
        INFO("code " << code);
        CHECK(known.count(code) == 1);
    }
}

TEST_CASE("a code that fails never has the kind of a success", "[installer]") {
    for (const OutcomeCode& row : outcome_codes()) {
        INFO("code " << code_text(row.code));
        CHECK(is_success(row.code) == (row.kind == ErrorKind::internal));
    }
}

TEST_CASE("a hint says what to do next", "[installer]") {
    const auto hint = [](std::uint32_t code) { return std::string(outcome_code(code).hint); };
    using Catch::Matchers::Contains;
    CHECK_THAT(hint(1603), Contains("log") && Contains("Return value 3"));
    CHECK_THAT(hint(1612), Contains("original name"));
    CHECK_THAT(hint(1618), Contains("installer_timeout"));
    CHECK_THAT(hint(1638), Contains("Run this again"));
    CHECK_THAT(hint(0x80010105), Contains("Application log"));
}
