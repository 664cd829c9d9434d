// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace upshift {

/// Starts this program once more, with these words and with the input on its standard input, so that it
/// outlives this process, its session and its process tree: on Linux in a session of its own, on Windows
/// outside the caller's job (the job of a WinRM shell ends everything in it). It has no console, and the null
/// device for its output. Returns when it has taken all of the input. Platform by platform. Throws
/// OperationError where it cannot be started.
void start_detached(const std::vector<std::string>& words, std::string_view input);

}  // namespace upshift
