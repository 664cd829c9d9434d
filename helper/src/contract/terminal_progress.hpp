// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "contract/answer.hpp"
#include "support/run_context.hpp"
#include "support/terminal_text.hpp"

// What a person sees on standard error: pure text, written by others.
namespace upshift {

/// "[####------] 4/10  web01: upgrading, 40%", narrower than the terminal, without line end.
std::string progress_line(const ProgressEvent& event, const TerminalTraits& terminal);

/// One line per target, VM, product or package, then warnings and the message; several lines, each with its
/// end.
std::string result_table(const Answer& answer, const TerminalTraits& terminal);

}  // namespace upshift
