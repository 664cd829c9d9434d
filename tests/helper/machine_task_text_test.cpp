// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "machine/task_text.hpp"

using namespace upshift;

namespace {

std::string text_for(const std::string& sid) {
    return task_text({.user_sid = sid,
                      .program = R"(C:\Tools & more\<1>\upshift.exe)",
                      .arguments = R"(runs --input \\.\pipe\a&b)",
                      .expires = "2026-11-28T00:00:00Z"});
}

}  // namespace

TEST_CASE("a task runs a program with its arguments, and nothing in them is taken for XML", "[machine]") {
    CHECK_THAT(text_for("S-1-5-21-1"),
               Catch::Contains(R"(<Exec><Command>C:\Tools &amp; more\&lt;1&gt;\upshift.exe</Command>)"
                               R"(<Arguments>runs --input \\.\pipe\a&amp;b</Arguments></Exec>)"));
}

TEST_CASE("a task runs as a user without a password, and as SYSTEM by itself", "[machine]") {
    CHECK_THAT(text_for("S-1-5-21-1"),
               Catch::Contains("<UserId>S-1-5-21-1</UserId><LogonType>S4U</LogonType>"));
    CHECK_THAT(text_for("S-1-5-18"), Catch::Contains("<UserId>S-1-5-18</UserId><RunLevel>"));
}

TEST_CASE("a task expires, has no end of its own time and does not mind batteries", "[machine]") {
    const auto text = text_for("S-1-5-21-1");
    CHECK_THAT(text, Catch::Contains("<EndBoundary>2026-11-28T00:00:00Z</EndBoundary>"));
    for (const char* setting :
         {"<ExecutionTimeLimit>PT0S<", "<DisallowStartIfOnBatteries>false<", "<StopIfGoingOnBatteries>false<",
          "<DeleteExpiredTaskAfter>PT0S<", "<Priority>5<"}) {
        CHECK_THAT(text, Catch::Contains(setting));
    }
}
