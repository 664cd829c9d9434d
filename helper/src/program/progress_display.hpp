// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "contract/answer.hpp"
#include "program/command_line.hpp"
#include "support/run_context.hpp"

namespace upshift {

/// Standard error as the one who watches the run wants it.
class ProgressDisplay : public ProgressSink {
  public:
    /// Shows the end of the run; no report comes after it.
    virtual void finish(const Answer& answer) = 0;
};

/// A bar and a table where standard error is a terminal, JSON lines, or nothing at all.
std::unique_ptr<ProgressDisplay> make_progress_display(ProgressChoice choice);

}  // namespace upshift
