// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace upshift {

/// What a person's terminal can show.
struct TerminalTraits {
    std::size_t columns = 80;
    bool colour = false;
    bool utf8 = true;
};

/// The text in the form that a terminal shows and does not obey: control characters and bytes that are no
/// UTF-8 become "?", and so does everything outside ASCII on a terminal without UTF-8.
std::string printable(std::string_view text, bool utf8);

/// How many columns a terminal needs for printable UTF-8 text.
std::size_t display_width(std::string_view text);

/// The text cut to so many columns, with "..." in place of what is missing.
std::string fit(std::string_view text, std::size_t columns);

/// The same, with blanks up to so many columns.
std::string pad(std::string_view text, std::size_t columns);

}  // namespace upshift
