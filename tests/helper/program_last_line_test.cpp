// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "contract/json/answer.hpp"
#include "program/last_line.hpp"

using namespace upshift;

namespace {

nlohmann::json composed_answer(LastReason reason, bool changed) {
    const auto line = nlohmann::json::parse(last_line(reason, changed));
    Answer answer =
        refusal({.kind = reason == LastReason::still_running ? ErrorKind::cancelled : ErrorKind::internal,
                 .attempted = "finish",
                 .found = line["error"]["found"],
                 .hint = line["error"]["hint"]});
    answer.changed = changed;
    return nlohmann::json::parse(to_json_line(answer));
}

}  // namespace

TEST_CASE("a line that takes no memory says what the composed answer would say", "[last_line]") {
    for (const auto reason : {LastReason::out_of_memory, LastReason::fault, LastReason::still_running}) {
        for (const bool changed : {true, false}) {
            CAPTURE(last_line(reason, changed));
            CHECK(nlohmann::json::parse(last_line(reason, changed)) == composed_answer(reason, changed));
        }
    }
}

TEST_CASE("a line that takes no memory is one line", "[last_line]") {
    const auto line = last_line(LastReason::fault, true);
    CHECK(line.find('\n') == line.size() - 1);
}
