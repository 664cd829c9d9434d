// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace upshift {

/// What this process was started with, in UTF-8, without the program's own name.
std::vector<std::string> command_line_words(int count, const char* const* words);

}  // namespace upshift
