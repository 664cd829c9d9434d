// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/terminal_progress.hpp"

#include <catch2/catch.hpp>

using namespace upshift;

namespace {

ProgressEvent event_at(std::size_t done, std::size_t total) {
    return {.kind = ProgressEvent::Kind::step,
            .target = "web01",
            .text = "upgrading",
            .done = done,
            .total = total};
}

Answer answer_with(TargetRow row) {
    Answer answer;
    answer.targets.push_back(std::move(row));
    answer.message = "done";
    return answer;
}

}  // namespace

TEST_CASE("the bar shows counts and the name in work", "[progress]") {
    CHECK(progress_line(event_at(4, 10), {.columns = 40}) == "[####------] 4/10  web01: upgrading");
}

TEST_CASE("the bar shows how far the step is where that is known", "[progress]") {
    auto event = event_at(0, 1);
    event.percent = 40;
    CHECK(progress_line(event, {.columns = 80}) == "[--------------------] 0/1  web01: upgrading, 40%");
}

TEST_CASE("the bar leaves the last column of the terminal free", "[progress]") {
    for (const std::size_t columns : {1U, 5U, 20U, 30U}) {
        CAPTURE(columns);
        CHECK(display_width(progress_line(event_at(1, 3), {.columns = columns})) < columns);
    }
}

TEST_CASE("a bar over no targets is empty", "[progress]") {
    CHECK(progress_line({.target = "host"}, {.columns = 24}) == "[------] 0/0  host");
}

TEST_CASE("the table says name, outcome, versions and reason", "[progress]") {
    const auto answer = answer_with({.name = "web01",
                                     .version_before = "9.0",
                                     .version = "10.0",
                                     .outcome = Outcome::upgraded,
                                     .reason = "the host supports it"});
    CHECK(result_table(answer, {.columns = 80}) ==
          "web01  upgraded  9.0 -> 10.0  the host supports it\ndone\n");
}

TEST_CASE("the table colours the outcome alone, and only on request", "[progress]") {
    const auto answer =
        answer_with({.name = "web01", .version_before = "9.0", .outcome = Outcome::failed, .reason = "why"});
    CHECK(result_table(answer, {.colour = true}) == "web01  \x1b[31mfailed\x1b[0m  9.0  why\ndone\n");
    CHECK(result_table(answer, {.colour = false}) == "web01  failed  9.0  why\ndone\n");
}

TEST_CASE("a target without a version read back shows the wanted one", "[progress]") {
    const auto answer = answer_with({.name = "web01",
                                     .version_before = "9.0",
                                     .version_wanted = "10.0",
                                     .outcome = Outcome::would_upgrade});
    CHECK(result_table(answer, {}) == "web01  would_upgrade  9.0 -> 10.0\ndone\n");
}

TEST_CASE("a failed target without a reason shows its error", "[progress]") {
    const auto answer = answer_with({.name = "web01",
                                     .outcome = Outcome::failed,
                                     .error = ErrorDetail{.attempted = "upgrade", .object = "web01"}});
    CHECK(result_table(answer, {}) == "web01  failed    Could not upgrade \"web01\".\ndone\n");
}

TEST_CASE("a long name is cut so that the rest can be seen", "[progress]") {
    const auto answer = answer_with({.name = std::string(100, 'n'), .version_before = "9.0"});
    CHECK(result_table(answer, {.columns = 40}) == "nnnnnnnnnnnnn...  unchanged  9.0\ndone\n");
}

TEST_CASE("names in the table cannot give orders to the terminal", "[progress]") {
    const auto answer = answer_with({.name = "a\x1b[2J", .version_before = "9.0"});
    CHECK(result_table(answer, {.colour = false}).find('\x1b') == std::string::npos);
}

TEST_CASE("an inventory is a table too", "[progress]") {
    Answer answer;
    answer.message = "1 VM";
    answer.vms = {{.name = "web01", .host = "hv1", .version = "9.0", .state = "off"}};
    answer.warnings = {"the pattern \"x*\" fits no VM"};
    CHECK(result_table(answer, {}) == "web01  off  9.0  hv1\nwarning: the pattern \"x*\" fits no VM\n1 VM\n");
}
