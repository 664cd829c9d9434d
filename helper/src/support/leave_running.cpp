// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/leave_running.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace upshift {

void leave_running(std::thread thread) {
    static std::mutex mutex;
    // Never destroyed: destroying the handle of a thread that runs ends the program.
    static auto& kept = *new std::vector<std::thread>();
    const std::lock_guard lock(mutex);
    kept.push_back(std::move(thread));
}

}  // namespace upshift
