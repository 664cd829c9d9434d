// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "machine/answer_channel.hpp"
#include "machine/implementations.hpp"
#include "program/command_line.hpp"
#include "program/detached_runs.hpp"
#include "program/progress_display.hpp"
#include "program/run_keeper.hpp"
#include "program/run_ledger.hpp"

namespace upshift {

/// One run of the helper, from the words of its command line to its one line of answer. Everything that a
/// thread which a feature had to abandon may still use is held here, and here it stays until the process
/// ends.
class Run {
  public:
    /// Of what goes wrong from now on, the channel tells. It must outlive this.
    explicit Run(AnswerChannel& channel);

    [[noreturn]] void carry_out(const std::vector<std::string>& words) noexcept;

  private:
    void read_command_line(const std::vector<std::string>& words);
    Answer answer_operation(const std::stop_token& stop);
    Reply reply_to_other_action(const std::stop_token& stop) const;
    [[noreturn]] void end_with(const Answer& answer);
    [[noreturn]] void end_overdue() noexcept;

    AnswerChannel& channel_;
    RunLedger ledger_;
    CommandLine line_;
    std::optional<RunKeeper> keeper_;
    std::unique_ptr<ProgressDisplay> display_;
    std::optional<Request> request_;
    Implementations implementations_;
};

}  // namespace upshift
