// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/task_text.hpp"

#include <string_view>

namespace upshift {

namespace {

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string element(std::string_view name, const std::string& content) {
    return "<" + std::string(name) + ">" + content + "</" + std::string(name) + ">";
}

/// SYSTEM logs on as a service. Anybody else without a password (S4U), as a remote session has none at hand:
/// what runs so has all rights of an administrator here, and none on other computers.
std::string principal(const std::string& sid) {
    const bool is_system = sid == "S-1-5-18";
    return element("UserId", sid) + (is_system ? std::string() : element("LogonType", "S4U")) +
           element("RunLevel", "HighestAvailable");
}

/// A task is deleted when its last trigger has expired. This one lies in the past and starts nothing.
std::string trigger(const std::string& expires) {
    return element("TimeTrigger",
                   element("StartBoundary", "2000-01-01T00:00:00Z") + element("EndBoundary", expires));
}

/// An upgrade may take hours, and a host may be a laptop. Without a priority it would be below that of other
/// processes ("priorityType Simple Type").
constexpr std::string_view settings =
    "<Settings><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
    "<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><Priority>5</Priority><ExecutionTimeLimit>PT0S</"
    "ExecutionTimeLimit>"
    "<DeleteExpiredTaskAfter>PT0S</DeleteExpiredTaskAfter><Hidden>true</Hidden></Settings>";

}  // namespace

std::string task_text(const TaskDefinition& task) {
    const std::string action = element(
        "Exec", element("Command", escaped(task.program)) + element("Arguments", escaped(task.arguments)));
    return R"(<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">)" +
           element("Triggers", trigger(task.expires)) + R"(<Principals><Principal id="Author">)" +
           principal(task.user_sid) + "</Principal></Principals>" + std::string(settings) +
           R"(<Actions Context="Author">)" + action + "</Actions></Task>";
}

}  // namespace upshift
