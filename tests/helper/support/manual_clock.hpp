// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>

#include "support/run_context.hpp"

namespace upshift::test {

/// A clock that goes on only when told. Waiting blocks until then, or until stop.
class ManualClock : public Clock {
  public:
    TimePoint now() const override {
        const std::lock_guard lock(mutex_);
        return now_;
    }

    void wait_until(TimePoint time, const std::stop_token& stop) override {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, stop, [&] { return now_ >= time; });
    }

    void advance(TimePoint::duration time) {
        const std::lock_guard lock(mutex_);
        now_ += time;
        moved_.notify_all();
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable_any moved_;
    TimePoint now_;
};

}  // namespace upshift::test
