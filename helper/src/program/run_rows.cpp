// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/run_rows.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "contract/json/run_text.hpp"

namespace upshift {

namespace {

std::string_view name_of(RunState state) {
    constexpr std::array<std::string_view, 4> names{"starting", "running", "finished", "lost"};
    return names.at(static_cast<std::size_t>(state));
}

std::string how_far(const RunRow& row) {
    if (!row.progress) {
        return "";
    }
    const auto& at = *row.progress;
    return ": " + std::to_string(at.done) + " of " + std::to_string(at.total) + " done, " + at.target + ": " +
           (at.text.empty() ? "begun" : at.text) +
           (at.percent >= 0 ? ", " + std::to_string(at.percent) + "%" : "");
}

ErrorDetail lost(const RunRow& row) {
    return {.kind = ErrorKind::cancelled,
            .attempted = "finish the detached run",
            .object = row.id,
            .found = "it ended without an answer" + how_far(row),
            .hint =
                "It was killed, or its computer restarted. Run the same again: it finishes what this run "
                "left."};
}

}  // namespace

RunRow run_row(const std::string& id, const KeptRun& run, bool cancelling) {
    const auto record = parse_record(run.record).value_or(RunRecord{});
    return {.id = id,
            .operation = record.operation,
            .state = std::string(name_of(run.state)),
            .begun = begun_at(id),
            .cancelling = cancelling && run.state == RunState::running,
            .progress = parse_progress(run.progress)};
}

RunRow listed_run_row(const std::string& id, const KeptRun& run, bool cancelling) {
    RunRow row = run_row(id, run, cancelling);
    row.arguments = parse_record(run.record).value_or(RunRecord{}).arguments;
    if (run.state == RunState::finished) {
        row.message = parse_kept_answer(run.answer).value_or(KeptAnswer{}).message;
        row.told = run.told;
    }
    return row;
}

Answer unfinished(RunRow row) {
    Answer answer;
    if (row.state == name_of(RunState::lost)) {
        answer = refusal(lost(row));
    } else {
        answer.message = "Run " + row.id + (row.cancelling ? " is ending" : " goes on") + how_far(row) + ".";
    }
    answer.run = std::move(row);
    return answer;
}

Answer list_of_runs(std::vector<RunRow> rows) {
    Answer answer;
    const auto going_on = std::count_if(
        rows.begin(), rows.end(), [](const RunRow& row) { return row.state == name_of(RunState::running); });
    answer.message = std::to_string(rows.size()) + (rows.size() == 1 ? " run, " : " runs, ") +
                     std::to_string(going_on) + " of them under way.";
    answer.runs = std::move(rows);
    return answer;
}

}  // namespace upshift
