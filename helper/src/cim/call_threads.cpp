// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/call_threads.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "support/leave_running.hpp"

namespace upshift::cim {

namespace {

using RealClock = std::chrono::steady_clock;

struct Call {
    std::function<void()> work;
    std::mutex mutex;
    std::condition_variable_any ended;
    bool has_ended = false;
};

}  // namespace

/// What threads that were left behind go on using.
struct CallThreads::Shared {
    std::mutex mutex;
    std::condition_variable work_is_there;
    std::deque<std::shared_ptr<Call>> waiting;
    std::size_t idle = 0;  ///< threads that wait for work
    bool closed = false;
    std::optional<RealClock::time_point> stopped_at;

    /// On a thread that is idle, or on a new one.
    static void begin(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Call>& call) {
        {
            const std::lock_guard lock(shared->mutex);
            if (shared->idle > shared->waiting.size()) {
                shared->waiting.push_back(call);
                shared->work_is_there.notify_one();
                return;
            }
        }
        leave_running(std::thread([shared, call] { work(shared, call); }));
    }

    static void work(const std::shared_ptr<Shared>& shared, std::shared_ptr<Call> call) {
        while (call) {
            call->work();
            call->work = nullptr;
            {
                const std::lock_guard lock(call->mutex);
                call->has_ended = true;
                call->ended.notify_one();
            }
            call = shared->next();
        }
    }

    /// Nothing where there is no more.
    std::shared_ptr<Call> next() {
        std::unique_lock lock(mutex);
        ++idle;
        work_is_there.wait(lock, [this] { return closed || !waiting.empty(); });
        --idle;
        if (waiting.empty()) {
            return nullptr;
        }
        auto call = std::move(waiting.front());
        waiting.pop_front();
        return call;
    }

    RealClock::time_point stop_seen() {
        const std::lock_guard lock(mutex);
        return stopped_at.value_or(RealClock::now());
    }
};

CallThreads::CallThreads(const CallLimits& limits, std::stop_token stop)
    : limits_(limits),
      stop_(std::move(stop)),
      shared_(std::make_shared<Shared>()),
      on_stop_(stop_, [shared = shared_] {
          const std::lock_guard lock(shared->mutex);
          shared->stopped_at = RealClock::now();
      }) {}

CallThreads::~CallThreads() {
    const std::lock_guard lock(shared_->mutex);
    shared_->closed = true;
    shared_->work_is_there.notify_all();
}

CallEnd CallThreads::run(std::function<void()> work, RealClock::duration at_most) {
    const auto call = std::make_shared<Call>();
    call->work = std::move(work);
    const auto begun = RealClock::now();
    Shared::begin(shared_, call);

    const auto has_ended = [&] { return call->has_ended; };
    std::unique_lock lock(call->mutex);
    if (call->ended.wait_until(lock, stop_, begun + at_most, has_ended)) {
        return CallEnd::returned;
    }
    if (!stop_.stop_requested()) {
        return CallEnd::overdue;
    }
    // Whatever is late already, a call that answers at once is heard.
    constexpr auto at_least = std::chrono::milliseconds(100);
    const auto seen = shared_->stop_seen();
    const auto deadline =
        std::min(std::max(begun, seen) + limits_.call_when_stopping, seen + limits_.all_when_stopping);
    const bool in_time =
        call->ended.wait_until(lock, std::max(deadline, RealClock::now() + at_least), has_ended);
    return in_time ? CallEnd::returned : CallEnd::stopped;
}

}  // namespace upshift::cim
