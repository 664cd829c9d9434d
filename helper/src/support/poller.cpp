// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/poller.hpp"

#include <algorithm>

namespace upshift {

WaitEnd Poller::pause() {
    using std::chrono::milliseconds;
    constexpr Clock::TimePoint::duration shortest = milliseconds(50);
    constexpr Clock::TimePoint::duration longest = milliseconds(2000);
    const auto now = patience_.clock.now();
    if (patience_.stop.stop_requested()) {
        return WaitEnd::stopped;
    }
    if (now >= patience_.deadline) {
        return WaitEnd::timed_out;
    }
    const auto interval = std::clamp((now - begun_) / 10, shortest, longest);
    patience_.clock.wait_until(std::min(now + interval, patience_.deadline), patience_.stop);
    return patience_.stop.stop_requested() ? WaitEnd::stopped : WaitEnd::over;
}

}  // namespace upshift
