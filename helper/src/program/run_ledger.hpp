// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "contract/answer.hpp"
#include "support/run_context.hpp"

namespace upshift {

/// Notes what became of each target on the way to the display, so that a run that can no longer answer for
/// itself is answered for.
class RunLedger : public ProgressSink {
  public:
    /// Before the run begins. Neither is owned. A run that cannot change anything (check mode, an info
    /// operation) is never said to have changed something.
    void begin(ProgressSink& display, bool can_change);

    /// Notes first, then passes on; where memory ends, the note of what may have changed is kept all the
    /// same.
    void report(const ProgressEvent& event) override;

    /// True where a target was altered, failed half-way or is in work now.
    bool may_have_changed() const noexcept;

    /// The answer of a run that was told to stop and did not end: a row for each target begun, those in work
    /// failed as cancelled.
    Answer unfinished_answer() const;

  private:
    struct Target {
        std::string name;
        std::string outcome;  ///< empty while in work
    };

    void note(const ProgressEvent& event);

    mutable std::mutex mutex_;
    std::vector<Target> targets_;
    ProgressSink* display_ = nullptr;
    bool can_change_ = false;
    std::atomic<std::size_t> in_work_ = 0;
    std::atomic<bool> altered_ = false;
};

}  // namespace upshift
