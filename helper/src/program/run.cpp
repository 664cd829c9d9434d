// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/run.hpp"

#include <new>

#include "contract/json/answer.hpp"
#include "contract/json/request.hpp"
#include "contract/json/run_text.hpp"
#include "contract/json/schema.hpp"
#include "machine/files.hpp"
#include "machine/standard_error.hpp"
#include "machine/standard_input.hpp"
#include "machine/stop_signal.hpp"
#include "program/exit_code.hpp"
#include "program/fault_guard.hpp"
#include "program/last_line.hpp"
#include "program/perform.hpp"
#include "program/stage.hpp"

namespace upshift {

namespace {

constexpr int failed = 1;

OperationError cancelled_while_reading() {
    return OperationError({.kind = ErrorKind::cancelled,
                           .attempted = "read the arguments from standard input",
                           .found = "the run was told to stop",
                           .hint = "Nothing was altered."});
}

ErrorDetail fault(const std::exception& exception) {
    return {.kind = ErrorKind::internal,
            .attempted = "finish",
            .found = exception.what(),
            .hint = "This is a fault of upshift itself; please report it."};
}

std::string read_arguments(const std::stop_token& stop) {
    if (standard_input_is_terminal()) {
        write_standard_error(
            "upshift: waiting for the arguments, one JSON object, and the end of the input.\n");
    }
    // One byte more than allowed shows that there is more.
    auto text = read_standard_input(max_input_bytes + 1, stop);
    if (!text) {
        throw cancelled_while_reading();
    }
    return std::move(*text);
}

}  // namespace

Run::Run(AnswerChannel& channel) : channel_(channel) {
    answer_on_faults(channel, ledger_);
}

void Run::carry_out(const std::vector<std::string>& words) noexcept {
    try {
        const std::stop_token stop = stop_on_signals([this] { end_overdue(); });
        read_command_line(words);
        if (line_.action != CommandLine::Action::run) {
            const Reply reply = reply_to_other_action(stop);
            channel_.end_process(reply.line + "\n", reply.exit_code);
        }
        end_with(answer_operation(stop));
    } catch (const OperationError& error) {
        Answer answer = refusal(error.detail());
        answer.changed = ledger_.may_have_changed();
        end_with(answer);
    } catch (const std::bad_alloc&) {
        channel_.end_process(last_line(LastReason::out_of_memory, ledger_.may_have_changed()), failed);
    } catch (const std::exception& exception) {
        Answer answer = refusal(fault(exception));
        answer.changed = ledger_.may_have_changed();
        end_with(answer);
    }
}

/// Ends the process where the command line asks for a text and not for a run.
void Run::read_command_line(const std::vector<std::string>& words) {
    try {
        line_ = parse_command_line(words);
    } catch (const OperationError& error) {
        write_standard_error("upshift: " + printable(error.what(), true) + "\n");
        throw;
    }
    switch (line_.action) {
        case CommandLine::Action::version:
            channel_.end_process(UPSHIFT_VERSION "\n", 0);
        case CommandLine::Action::help:
            channel_.end_process(help_text(), 0);
        case CommandLine::Action::schema:
            channel_.end_process(schema_json(line_.operation) + "\n", 0);
        case CommandLine::Action::run:
            if (!line_.run_id.empty()) {
                keeper_.emplace(line_.run_id, channel_);
            }
            display_ = keeper_ ? keeper_->make_display() : make_progress_display(line_.progress);
            break;
        default:
            break;
    }
}

Reply Run::reply_to_other_action(const std::stop_token& stop) const {
    switch (line_.action) {
        case CommandLine::Action::poll:
            return poll_run(line_, stop);
        case CommandLine::Action::cancel:
            return cancel_run(line_, stop);
        case CommandLine::Action::confirm:
            return confirm_run(line_);
        case CommandLine::Action::runs:
            return list_runs();
        case CommandLine::Action::stage:
            return stage(read_arguments(stop));
        default:
            return run_detached(line_, read_arguments(stop), stop);
    }
}

Answer Run::answer_operation(const std::stop_token& stop) {
    const std::string arguments = line_.input.empty() ? read_arguments(stop) : read_file(line_.input);
    request_ = parse_request(line_.operation, arguments, line_.options);
    if (keeper_) {
        keeper_->begin(to_text(record_of(line_.operation, arguments, request_->options)));
    }
    ledger_.begin(*display_, can_change(*request_));
    return perform(*request_, implementations_, ledger_, stop);
}

void Run::end_with(const Answer& answer) {
    if (display_) {
        display_->finish(answer);
    }
    channel_.end_process(to_json_line(answer) + "\n", exit_code_of(answer, line_.detailed_exit_code));
}

/// Runs on a thread of its own while the run goes on, so it leaves the display alone: its owner may hang in
/// it.
void Run::end_overdue() noexcept {
    const bool changed = ledger_.may_have_changed();
    try {
        channel_.end_process(to_json_line(ledger_.unfinished_answer()) + "\n", failed);
    } catch (const std::exception&) {
        channel_.end_process(last_line(LastReason::still_running, changed), failed);
    }
}

}  // namespace upshift
