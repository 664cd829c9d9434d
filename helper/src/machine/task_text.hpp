// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift {

/// A task of Windows' Task Scheduler that runs a program when it is asked to, and never by itself.
struct TaskDefinition {
    std::string user_sid;   ///< as whom it runs, "S-1-5-…"
    std::string program;    ///< its whole path
    std::string arguments;  ///< without anything secret: tasks can be read by others
    std::string expires;    ///< ISO 8601; the Task Scheduler deletes the task then
};

/// The text that registers it, without an XML declaration ("Task Scheduler Schema", Microsoft).
std::string task_text(const TaskDefinition& task);

}  // namespace upshift
