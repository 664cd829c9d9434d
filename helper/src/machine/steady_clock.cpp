// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/steady_clock.hpp"

namespace upshift {

void SteadyClock::wait_until(TimePoint time, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    never_notified_.wait_until(lock, stop, time, [] { return false; });
}

}  // namespace upshift
