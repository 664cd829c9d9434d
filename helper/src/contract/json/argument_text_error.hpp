// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "support/error.hpp"

namespace upshift {

/// invalid_arguments: standard input as a whole cannot be used.
OperationError unusable_text(const std::string& found, const std::string& needed,
                             const std::string& hint = "");

/// "line 2, column 7", both from 1, columns in characters; of the byte at that offset.
std::string position_text(std::string_view text, std::size_t offset);

/// What the JSON parser stumbled over, in words that quote nothing of the text.
struct SyntaxError {
    std::string_view text;        ///< all of it
    std::size_t bytes_read = 0;   ///< up to and with the last byte that the parser looked at
    std::size_t token_bytes = 0;  ///< length of the token that it read last
    std::string_view message;     ///< what the parser says
    bool after_the_end = false;   ///< a whole value had been read before
};
OperationError syntax_error(const SyntaxError& error);

}  // namespace upshift
