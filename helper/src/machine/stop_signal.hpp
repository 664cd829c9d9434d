// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

namespace upshift {

/// How long a run may take to end in order once it was told to stop. The features themselves give up waiting
/// after ten seconds.
inline constexpr std::chrono::seconds stop_grace{15};
/// The same after the second request.
inline constexpr std::chrono::seconds impatient_grace{1};

/// From now on SIGTERM, SIGINT and SIGHUP (Linux), Ctrl-C, Ctrl-Break and the closing of the console
/// (Windows) request a stop and end nothing. Where the process is still there when the grace is over,
/// `overdue` is called, on a thread of its own. Call it once, before any other thread is started. Throws
/// std::system_error where no thread can be started.
std::stop_token stop_on_signals(std::function<void()> overdue);

/// As if somebody else had asked this process to stop.
void ask_this_process_to_stop();

}  // namespace upshift
