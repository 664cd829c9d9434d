// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/run_context.hpp"

namespace upshift {

/// How long somebody waits: until the deadline, or until told to stop.
struct Patience {
    Clock& clock;
    Clock::TimePoint deadline;
    std::stop_token stop;
};

enum class WaitEnd { over, timed_out, stopped };

/// Paces repeated looks at something that takes time: short pauses first, longer ones (a tenth of the time
/// waited so far) for what takes long.
class Poller {
  public:
    explicit Poller(const Patience& patience) : patience_(patience), begun_(patience.clock.now()) {}

    /// Waits until the next look is due and gives over; or says why there is none. The last look is at the
    /// deadline.
    WaitEnd pause();

  private:
    Patience patience_;
    Clock::TimePoint begun_;
};

/// Looks until the condition holds.
template <typename Condition>
WaitEnd wait_until_true(const Patience& patience, const Condition& holds) {
    Poller poller(patience);
    while (!holds()) {
        const auto end = poller.pause();
        if (end != WaitEnd::over) {
            return end;
        }
    }
    return WaitEnd::over;
}

}  // namespace upshift
