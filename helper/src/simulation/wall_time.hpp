// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

#include "support/run_context.hpp"

namespace upshift::simulation {

/// Translates between a run's clock and the time of day in milliseconds, in which one run tells the next
/// when something falls due.
class WallTime {
  public:
    WallTime(Clock::TimePoint now, std::chrono::system_clock::time_point time_of_day)
        : now_(now), time_of_day_(time_of_day) {}

    std::int64_t milliseconds(Clock::TimePoint time) const {
        using std::chrono::milliseconds;
        const auto then = time_of_day_.time_since_epoch() + (time - now_);
        return std::chrono::ceil<milliseconds>(then).count();
    }

    Clock::TimePoint time_point(std::int64_t milliseconds) const {
        const auto then = std::chrono::milliseconds(milliseconds) - time_of_day_.time_since_epoch();
        return now_ + std::chrono::duration_cast<Clock::TimePoint::duration>(then);
    }

    Clock::TimePoint now() const { return now_; }

  private:
    Clock::TimePoint now_;
    std::chrono::system_clock::time_point time_of_day_;
};

}  // namespace upshift::simulation
