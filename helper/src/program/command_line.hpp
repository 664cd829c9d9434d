// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "contract/request.hpp"

namespace upshift {

enum class ProgressChoice { automatic, json, none };

/// What the command line asks for.
struct CommandLine {
    enum class Action { run, run_detached, poll, cancel, confirm, runs, stage, schema, version, help };
    Action action = Action::run;
    std::string operation;  ///< a name that exists; of run, run_detached and schema alone
    AnswerOptions options;
    ProgressChoice progress = ProgressChoice::automatic;
    bool detailed_exit_code = false;
    std::chrono::seconds wait{20};  ///< for a detached run's answer
    std::string run_id;             ///< of poll and cancel; else the run that this process is
    bool confirm = false;           ///< the answer counts as given only once it is confirmed
    std::string input;              ///< a file to read the arguments from; empty is standard input
};

/// Reads the words after the program's name. Throws OperationError, invalid_arguments, which names the word
/// that was found, what is allowed, and the nearest name where it looks like a slip.
CommandLine parse_command_line(const std::vector<std::string>& words);

/// What --help prints.
std::string help_text();

}  // namespace upshift
