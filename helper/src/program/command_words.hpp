// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "support/error.hpp"

namespace upshift {

/// The words of a command line, sorted and not yet judged.
struct CommandWords {
    std::vector<std::string> positionals;
    std::string progress = "auto";
    std::string wait;
    std::string as_run;
    std::string input;
    bool check = false;
    bool diff = false;
    bool detach = false;
    bool confirm = false;
    bool detailed_exit_code = false;
    bool version = false;
    bool help = false;
    std::vector<std::string> unknown;  ///< switches that there are not
};

/// Neither the words nor the order in which they stand are judged. Throws OperationError where a switch has
/// no value.
CommandWords sort_words(std::vector<std::string> given);

/// The switch in a word such as "--progress=json".
std::string switch_in(const std::string& word);

/// As invalid_arguments, and with a hint.
OperationError refusal_of(ErrorDetail detail);

}  // namespace upshift
