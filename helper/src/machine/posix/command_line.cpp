// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/command_line.hpp"

namespace upshift {

std::vector<std::string> command_line_words(int count, const char* const* words) {
    return count == 0 ? std::vector<std::string>() : std::vector<std::string>(words + 1, words + count);
}

}  // namespace upshift
