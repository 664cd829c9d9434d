// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/detached_runs.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "contract/json/answer.hpp"
#include "contract/json/request.hpp"
#include "contract/json/run_text.hpp"
#include "machine/detached_process.hpp"
#include "machine/run_folder.hpp"
#include "program/exit_code.hpp"
#include "program/perform.hpp"
#include "program/run_rows.hpp"

namespace upshift {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{50};
constexpr std::chrono::milliseconds for_begin{10};
/// From the start of a process until its record is there; a busy host may need long for it.
constexpr std::chrono::seconds for_starting{60};

Reply reply_with(const Answer& answer, bool detailed_exit_code) {
    return {.line = to_json_line(answer), .exit_code = exit_code_of(answer, detailed_exit_code)};
}

/// The answer as the run wrote it.
Reply reply_with(std::string line, bool detailed_exit_code) {
    line.erase(line.find_last_not_of("\r\n") + 1);
    Answer outcome;
    outcome.failed = true;
    if (const auto kept = parse_kept_answer(line)) {
        outcome.changed = kept->changed;
        outcome.failed = kept->failed;
    }
    return {.line = std::move(line), .exit_code = exit_code_of(outcome, detailed_exit_code)};
}

/// Two who ask the same at once would otherwise both begin a run.
std::unique_ptr<FileLock> hold(const RunFolder& folder, const std::stop_token& stop) {
    const auto deadline = steady_clock::now() + for_starting;
    while (true) {
        auto lock = folder.try_hold();
        if (lock != nullptr) {
            return lock;
        }
        if (stop.stop_requested() || steady_clock::now() >= deadline) {
            throw OperationError({.kind = ErrorKind::busy,
                                  .attempted = "begin a detached run",
                                  .found = "other runs are being begun",
                                  .hint = "Nothing was altered."});
        }
        std::this_thread::sleep_for(between_looks);
    }
}

OperationError not_started(const std::string& id) {
    return OperationError(
        {.kind = ErrorKind::failed,
         .attempted = "start the detached run",
         .object = id,
         .found = "it has not begun after " + std::to_string(for_starting.count()) + " seconds",
         .hint = "It was asked to end in order, should it still begin; \"upshift runs\" would list it."});
}

void wait_until_begun(const RunFolder& folder, const std::string& id, const std::stop_token& stop) {
    const auto deadline = steady_clock::now() + for_starting;
    while (folder.read(id).state == RunState::starting && !stop.stop_requested()) {
        if (steady_clock::now() >= deadline) {
            folder.ask_to_cancel(id);
            throw not_started(id);
        }
        std::this_thread::sleep_for(for_begin);
    }
}

/// Until the run is over, the wait is, or this process is told to stop: the run goes on then.
KeptRun wait_for(const RunFolder& folder, const std::string& id, std::chrono::seconds wait,
                 const std::stop_token& stop) {
    const auto deadline = steady_clock::now() + wait;
    while (true) {
        KeptRun run = folder.read(id);
        const bool is_over = run.state == RunState::finished || run.state == RunState::lost;
        if (is_over || stop.stop_requested() || steady_clock::now() >= deadline) {
            return run;
        }
        std::this_thread::sleep_for(between_looks);
    }
}

Reply unfinished_reply(const RunFolder& folder, const std::string& id, const KeptRun& run,
                       const CommandLine& line) {
    return reply_with(unfinished(run_row(id, run, folder.is_asked_to_cancel(id))), line.detailed_exit_code);
}

/// An answer that tells of no change need not be confirmed: the same asked again finds the same.
Reply reply_of(const RunFolder& folder, const std::string& id, const KeptRun& run, const CommandLine& line) {
    if (run.state != RunState::finished) {
        return unfinished_reply(folder, id, run, line);
    }
    const auto kept = parse_kept_answer(run.answer);
    Reply reply = reply_with(run.answer, line.detailed_exit_code);
    if (line.confirm && kept && kept->changed && !folder.is_told(id)) {
        reply.line = with_run(reply.line, id);
    } else {
        folder.mark_told(id);
    }
    return reply;
}

/// The newest run that was asked the same, has such a state, and of which nobody was told the end.
template <typename IsWanted>
std::optional<std::string> find_same(const RunFolder& folder, const RunRecord& record,
                                     const IsWanted& is_wanted) {
    auto ids = folder.ids();
    std::reverse(ids.begin(), ids.end());
    std::erase_if(ids, [&](const std::string& id) { return folder.is_told(id); });
    for (const auto& id : ids) {
        const auto run = folder.read(id);
        if (is_wanted(id, run) && parse_record(run.record) == record) {
            return id;
        }
    }
    return std::nullopt;
}

/// Whether its answer tells of changes that nobody knows of, and of nothing that should be tried again.
bool is_untold_success(const KeptRun& run) {
    const auto kept = parse_kept_answer(run.answer);
    return run.state == RunState::finished && kept && kept->changed && !kept->failed;
}

/// One that goes on; or one that has ended, where its answer tells of changes. What has only looked looks
/// again, and so does everybody after a day.
std::optional<std::string> find_answering(const RunFolder& folder, const RunRecord& record, bool changes) {
    constexpr std::chrono::hours day{24};
    const auto yesterday = new_run_id(std::chrono::system_clock::now() - day);
    return find_same(folder, record, [&](const std::string& id, const KeptRun& run) {
        return run.state == RunState::running || (changes && id >= yesterday && is_untold_success(run));
    });
}

std::optional<std::string> find_lost(const RunFolder& folder, const RunRecord& record) {
    return find_same(folder, record,
                     [](const std::string&, const KeptRun& run) { return run.state == RunState::lost; });
}

std::vector<std::string> words_of(const CommandLine& line, const std::string& id) {
    std::vector<std::string> words{line.operation, "--as-run", id};
    if (line.options.check_mode) {
        words.emplace_back("--check");
    }
    if (line.options.diff) {
        words.emplace_back("--diff");
    }
    return words;
}

Reply take_up(const RunFolder& folder, const std::string& id, const CommandLine& line,
              const std::stop_token& stop) {
    Reply reply = reply_of(folder, id, wait_for(folder, id, line.wait, stop), line);
    reply.line = with_warning(reply.line, "This is run " + id + ", which was begun at " + begun_at(id) +
                                              " for the same arguments and whose answer nobody had.");
    return reply;
}

/// What a lost run had altered nobody knows: the one who does the rest tells of it.
Reply tell_of_lost(const RunFolder& folder, const std::string& id, Reply reply) {
    folder.mark_told(id);
    reply.line =
        with_warning(reply.line, "Run " + id + ", which was begun at " + begun_at(id) +
                                     " for the same arguments, ended without an answer: it was killed, or "
                                     "its computer restarted. What it had altered before is not told here.");
    return reply;
}

OperationError unknown_run(const RunFolder& folder, const std::string& id) {
    std::string known;
    for (const auto& other : folder.ids()) {
        known += (known.empty() ? "\"" : ", \"") + other + "\"";
    }
    return OperationError({.kind = ErrorKind::not_found,
                           .attempted = "find the run",
                           .object = id,
                           .found = "there is no such run",
                           .needed = known.empty() ? "a run; there is none" : "one of " + known,
                           .hint = "What ended runs left is deleted a day after somebody had the answer."});
}

RunFolder folder_with(const std::string& id) {
    RunFolder folder(state_place());
    if (!is_run_id(id) || folder.read(id).state == RunState::starting) {
        throw unknown_run(folder, id);
    }
    return folder;
}

/// What goes wrong with the files becomes an answer like any other.
template <typename Work>
Reply with_folder(const Work& work) {
    try {
        return work();
    } catch (const std::system_error& error) {
        throw OperationError({.kind = error.code() == std::errc::permission_denied ? ErrorKind::access_denied
                                                                                   : ErrorKind::failed,
                              .attempted = "use the folder of runs",
                              .object = place_within(state_place(), "runs").path,
                              .found = error.code().message(),
                              .needed = "a folder that this user may read and write"});
    }
}

}  // namespace

Reply run_detached(const CommandLine& line, const std::string& arguments, const std::stop_token& stop) {
    const Request request = parse_request(line.operation, arguments, line.options);
    const bool changes = can_change(request);
    return with_folder([&] {
        const RunFolder folder(state_place());
        folder.make();
        auto held = hold(folder, stop);
        folder.prune(std::chrono::system_clock::now());
        const auto record = record_of(line.operation, arguments, request.options);
        if (const auto same = find_answering(folder, record, changes)) {
            held.reset();
            return take_up(folder, *same, line, stop);
        }
        folder.require_room();
        const auto lost = changes ? find_lost(folder, record) : std::nullopt;
        const auto id = new_run_id(std::chrono::system_clock::now());
        start_detached(words_of(line, id), arguments);
        wait_until_begun(folder, id, stop);
        held.reset();
        Reply reply = reply_of(folder, id, wait_for(folder, id, line.wait, stop), line);
        return lost ? tell_of_lost(folder, *lost, std::move(reply)) : reply;
    });
}

Reply poll_run(const CommandLine& line, const std::stop_token& stop) {
    return with_folder([&] {
        const RunFolder folder = folder_with(line.run_id);
        return reply_of(folder, line.run_id, wait_for(folder, line.run_id, line.wait, stop), line);
    });
}

Reply cancel_run(const CommandLine& line, const std::stop_token& stop) {
    return with_folder([&] {
        const RunFolder folder = folder_with(line.run_id);
        folder.ask_to_cancel(line.run_id);
        const auto run = wait_for(folder, line.run_id, line.wait, stop);
        // The answer is still due to the one who began the run.
        return run.state == RunState::finished ? reply_with(run.answer, line.detailed_exit_code)
                                               : unfinished_reply(folder, line.run_id, run, line);
    });
}

Reply confirm_run(const CommandLine& line) {
    return with_folder([&] {
        const RunFolder folder = folder_with(line.run_id);
        if (folder.read(line.run_id).state == RunState::running) {
            throw OperationError({.kind = ErrorKind::busy,
                                  .attempted = "confirm the answer of the run",
                                  .object = line.run_id,
                                  .found = "it has none yet",
                                  .hint = "\"upshift poll\" waits for it."});
        }
        folder.mark_told(line.run_id);
        Answer answer;
        answer.message = "The answer of run " + line.run_id + " was given.";
        return reply_with(answer, false);
    });
}

Reply list_runs() {
    return with_folder([] {
        const RunFolder folder(state_place());
        std::vector<RunRow> rows;
        for (const auto& id : folder.ids()) {
            rows.push_back(listed_run_row(id, folder.read(id), folder.is_asked_to_cancel(id)));
        }
        return reply_with(list_of_runs(std::move(rows)), false);
    });
}

}  // namespace upshift
