// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

namespace upshift {

/// Lets go of a thread that nobody will wait for, in place of std::thread::detach.
///
/// The threads library of mingw-w64 10 sets a thread's record free twice where the thread ends in the moment
/// in which it is detached; the next two threads then share one, and the run hangs. (Seen under Wine in one
/// of some hundred runs on a busy machine: a new thread waited for ever in pthread_getspecific.) So the
/// handle is kept.
void leave_running(std::thread thread);

}  // namespace upshift
