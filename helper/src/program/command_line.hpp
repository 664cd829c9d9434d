// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "contract/request.hpp"

namespace upshift {

enum class ProgressChoice { automatic, json, none };

/// What the command line asks for.
struct CommandLine {
    enum class Action { run, schema, version, help };
    Action action = Action::run;
    std::string operation;  ///< a name that exists; for run and schema alone
    AnswerOptions options;
    ProgressChoice progress = ProgressChoice::automatic;
    bool detailed_exit_code = false;
};

/// Reads the words after the program's name. Throws OperationError, invalid_arguments, which names the word
/// that was found, what is allowed, and the nearest name where it looks like a slip.
CommandLine parse_command_line(const std::vector<std::string>& words);

/// What --help prints.
std::string help_text();

}  // namespace upshift
