// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "program/command_line.hpp"

namespace upshift {

/// What this process says in the end.
struct Reply {
    std::string line;  ///< without its end
    int exit_code = 0;
};

/// Starts the operation as a detached run and waits for its answer as long as the command line says. Where a
/// run that was asked the same goes on, or has ended and nobody was given its answer, it is that run's.
/// Throws OperationError, also for arguments that cannot be used: nothing is started then.
Reply run_detached(const CommandLine& line, const std::string& arguments, const std::stop_token& stop);

/// The answer of that run, or how far it is when the wait is over.
Reply poll_run(const CommandLine& line, const std::stop_token& stop);

/// Asks that run to end in order, and waits for its answer like poll.
Reply cancel_run(const CommandLine& line, const std::stop_token& stop);

/// Notes that somebody has that run's answer.
Reply confirm_run(const CommandLine& line);

/// All runs whose files are still there.
Reply list_runs();

}  // namespace upshift
