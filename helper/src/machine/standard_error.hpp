// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "support/terminal_text.hpp"

namespace upshift {

/// Writes UTF-8 text, as a console of Windows needs it where standard error is one. What cannot be written is
/// dropped: nobody's answer depends on it.
void write_standard_error(std::string_view text) noexcept;

/// What the person's terminal on standard error can do, asked anew each time, since windows are resized.
/// Nothing where standard error is no terminal.
std::optional<TerminalTraits> standard_error_terminal();

}  // namespace upshift
