// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "program/progress_display.hpp"

namespace upshift {

/// One line at the bottom of the terminal, rewritten in place, and at the end a table. Reports are only
/// noted; a thread of its own paints the latest one ten times a second at most, so that workers never wait
/// for a slow terminal and the line does not flicker.
class TerminalDisplay : public ProgressDisplay {
  public:
    TerminalDisplay();

    void report(const ProgressEvent& event) override;
    void finish(const Answer& answer) override;

  private:
    void paint_until(const std::stop_token& stop);
    void paint(const ProgressEvent& event);
    void erase();

    std::mutex mutex_;
    std::condition_variable_any reported_;
    std::optional<ProgressEvent> latest_;
    std::string painted_;   ///< what stands on the terminal now; the painter's alone, after its end finish's
    std::jthread painter_;  ///< last, so that it ends before what it uses
};

}  // namespace upshift
