// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace upshift::cim {

/// How long calls are waited for, in real time.
struct CallLimits {
    std::chrono::steady_clock::duration call;
    /// For a call of a method, where that is another time.
    std::optional<std::chrono::steady_clock::duration> method;
    /// Once the run is told to stop: for one call, and for all of them together.
    std::chrono::steady_clock::duration call_when_stopping = std::chrono::seconds(3);
    std::chrono::steady_clock::duration all_when_stopping = std::chrono::seconds(9);
};

enum class CallEnd { returned, overdue, stopped };

/// Threads for calls that may never return: each call runs on one of them and is left behind there when it
/// takes too long. A thread is used again once its call has returned. Safe from several threads.
class CallThreads {
  public:
    CallThreads(const CallLimits& limits, std::stop_token stop);
    CallThreads(const CallThreads&) = delete;
    CallThreads& operator=(const CallThreads&) = delete;
    ~CallThreads();

    /// Blocks until the work, which must not throw, has returned; unless it did, it may still be under way
    /// and go on using what it holds. So it must own all that it uses.
    CallEnd run(std::function<void()> work, std::chrono::steady_clock::duration at_most);

  private:
    struct Shared;
    CallLimits limits_;
    std::stop_token stop_;
    std::shared_ptr<Shared> shared_;
    std::stop_callback<std::function<void()>> on_stop_;
};

}  // namespace upshift::cim
