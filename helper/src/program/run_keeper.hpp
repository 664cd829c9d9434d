// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "machine/answer_channel.hpp"
#include "machine/run_folder.hpp"
#include "program/progress_display.hpp"

namespace upshift {

/// Makes this process a detached run: its answer and its progress go to the folder of runs, and it stops when
/// somebody asks for that there. Keep it until the process ends. Throws OperationError where the folder
/// cannot be used.
class RunKeeper {
  public:
    /// From now on the channel's text is the run's answer.
    RunKeeper(std::string id, AnswerChannel& channel);

    /// From now on others see the run. The record is what it was asked.
    void begin(std::string_view record);
    /// Shows progress to those who poll; not owned by this.
    std::unique_ptr<ProgressDisplay> make_display() const;

  private:
    void watch_for_cancel() const;

    RunFolder folder_;
    std::string id_;
    std::unique_ptr<FileLock> held_;
};

}  // namespace upshift
