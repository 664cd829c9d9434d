// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>

namespace upshift {

/// Time as one run sees it. Waiting ends early when the run is told to stop.
class Clock {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    virtual TimePoint now() const = 0;
    /// Blocks until the time or until stop is requested, whichever comes first. Safe from several threads.
    virtual void wait_until(TimePoint time, const std::stop_token& stop) = 0;
};

/// One step of one target, for the person who watches.
struct ProgressEvent {
    enum class Kind { begun, step, finished };
    Kind kind = Kind::begun;
    std::string target;     ///< the name in work
    std::string text;       ///< what is being done to it, or the outcome's name once finished
    std::size_t done = 0;   ///< targets finished so far
    std::size_t total = 0;  ///< targets in this run
    int percent = -1;       ///< of this target's step; -1 is unknown
};

/// Where progress goes. Called from any thread, one call at a time being the implementation's own care.
class ProgressSink {
  public:
    ProgressSink() = default;
    ProgressSink(const ProgressSink&) = delete;
    ProgressSink& operator=(const ProgressSink&) = delete;
    virtual ~ProgressSink() = default;

    virtual void report(const ProgressEvent& event) = 0;
};

class Journal;

/// What every feature gets along: nothing in it is owned, all of it outlives the run.
struct RunContext {
    Clock& clock;
    ProgressSink& progress;
    std::stop_token stop;  ///< requested by SIGTERM, SIGINT, Ctrl-C or Ctrl-Break
    Journal& journal;      ///< of what was begun (machine/journal.hpp)
};

}  // namespace upshift
