// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contract/request.hpp"
#include "support/run_context.hpp"

// What a detached run leaves in its files, and what is read from there.
namespace upshift {

/// What a run was asked. The arguments are one text, alike for alike requests, without secrets.
struct RunRecord {
    std::string operation;
    std::string arguments;

    bool operator==(const RunRecord&) const = default;
};

/// Of a text that parse_request takes.
RunRecord record_of(std::string_view operation, std::string_view text, const AnswerOptions& options);
std::string to_text(const RunRecord& record);
/// Nothing where it is damaged.
std::optional<RunRecord> parse_record(std::string_view text);

/// The event that to_json_line wrote; nothing where it is damaged.
std::optional<ProgressEvent> parse_progress(std::string_view line);

/// What a program needs to know of an answer that another one wrote.
struct KeptAnswer {
    bool changed = false;
    bool failed = false;
    std::string message;
};
/// Nothing where it is damaged.
std::optional<KeptAnswer> parse_kept_answer(std::string_view line);

/// The same answer with one warning more, as a line without its end.
std::string with_warning(std::string_view line, const std::string& warning);
/// The same answer with the name of its run.
std::string with_run(std::string_view line, const std::string& id);

}  // namespace upshift
