// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift {

/// Has the Task Scheduler start a program as this user: a child of that service, in no job of ours, without
/// our handles and environment. The program need not have begun when this returns. The task that it takes is
/// deleted by the service after a day. Throws OperationError, and nothing is left then.
void start_by_task_scheduler(const std::string& task_name, const std::string& program,
                             const std::string& arguments);

}  // namespace upshift
