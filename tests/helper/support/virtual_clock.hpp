// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "support/run_context.hpp"

namespace upshift::test {

/// A clock that stands still while anybody works and jumps to the next moment somebody waits for once all
/// wait. A thread that has ended looks as if it worked: then the clock jumps after a moment of real time in
/// which nobody moved.
class VirtualClock : public Clock {
  public:
    /// `waiting_threads` is how many threads wait at once when all do.
    explicit VirtualClock(std::size_t waiting_threads = 1) : threads_(waiting_threads) {}

    TimePoint now() const override {
        const std::lock_guard lock(mutex_);
        return now_;
    }

    void wait_until(TimePoint time, const std::stop_token& stop) override {
        std::unique_lock lock(mutex_);
        const auto waiter = waiters_.insert(time);
        ++moves_;
        while (now_ < time && !stop.stop_requested()) {
            if (waiters_.size() >= threads_) {
                jump(lock);
            } else {
                const auto seen = moves_;
                moved_.wait_for(lock, stop, std::chrono::milliseconds(20), [&] { return moves_ != seen; });
                if (moves_ == seen && !stop.stop_requested()) {
                    jump(lock);
                }
            }
        }
        waiters_.erase(waiter);
        ++moves_;
        moved_.notify_all();
    }

    /// Calls it once the clock has come to that time after its start.
    void at(TimePoint::duration time, std::function<void()> action) {
        const std::lock_guard lock(mutex_);
        actions_.emplace_back(TimePoint() + time, std::move(action));
    }

    TimePoint::duration elapsed() const { return now() - TimePoint(); }

  private:
    void jump(std::unique_lock<std::mutex>& lock) {
        now_ = std::max(now_, next_moment());
        ++moves_;
        moved_.notify_all();
        std::vector<std::function<void()>> due;
        std::erase_if(actions_, [&](auto& action) {
            const bool is_due = action.first <= now_;
            if (is_due) {
                due.push_back(std::move(action.second));
            }
            return is_due;
        });
        lock.unlock();
        for (const auto& action : due) {
            action();
        }
        lock.lock();
    }

    TimePoint next_moment() const {
        auto next = *waiters_.begin();
        for (const auto& action : actions_) {
            next = std::min(next, action.first);
        }
        return next;
    }

    std::size_t threads_;
    mutable std::mutex mutex_;
    std::condition_variable_any moved_;
    TimePoint now_;
    std::multiset<TimePoint> waiters_;
    std::size_t moves_ = 0;
    std::vector<std::pair<TimePoint, std::function<void()>>> actions_;
};

}  // namespace upshift::test
