// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace upshift {

/// The offset of the first byte that begins no well-formed UTF-8 sequence (The Unicode Standard, table 3-7:
/// no overlong forms, no surrogates, nothing above U+10FFFF), or nothing if all of it is well-formed.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// How many characters (code points) well-formed UTF-8 holds.
std::size_t count_characters(std::string_view text);

/// At most that many characters of well-formed UTF-8; what was cut is marked by "...".
std::string shortened(std::string_view text, std::size_t most_characters);

}  // namespace upshift
