// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/answer.hpp"

#include <algorithm>
#include <array>

#include "contract/diff.hpp"

namespace upshift {

namespace {

/// What was there before, for rows that were already as wanted.
std::string present_version(const TargetRow& row) {
    return row.version.empty() ? row.version_before : row.version;
}

bool is_unchanged(const TargetRow& row) {
    return row.outcome == Outcome::unchanged;
}

std::string where_unchanged_are(const std::vector<TargetRow>& rows) {
    const auto first = std::find_if(rows.begin(), rows.end(), is_unchanged);
    const bool is_one_version = std::all_of(first, rows.end(), [first](const TargetRow& row) {
        return !is_unchanged(row) || present_version(row) == present_version(*first);
    });
    if (is_one_version && !present_version(*first).empty()) {
        return present_version(*first);
    }
    const bool is_exact = std::all_of(first, rows.end(), [](const TargetRow& row) {
        return !is_unchanged(row) || present_version(row) == row.version_wanted;
    });
    return is_exact ? "the wanted version" : "the wanted version or above";
}

std::string name_in_message(const TargetRow& row) {
    return row.name.empty() ? row.vm_id + row.product_code : row.name;
}

/// A reason that names the target itself stands alone.
std::string first_failure(const std::vector<TargetRow>& rows) {
    const TargetRow& failed = *std::find_if(
        rows.begin(), rows.end(), [](const TargetRow& row) { return row.outcome == Outcome::failed; });
    std::string name = name_in_message(failed);
    const std::string reason =
        failed.reason.empty() && failed.error ? sentence(*failed.error) : failed.reason;
    if (reason.empty()) {
        return name;
    }
    return reason.find("\"" + name + "\"") == std::string::npos ? name + ": " + reason : reason;
}

std::string phrase(Outcome outcome, std::size_t count, const std::vector<TargetRow>& rows) {
    switch (outcome) {
        case Outcome::unchanged:
            return "already at " + where_unchanged_are(rows);
        case Outcome::upgraded:
            return "upgraded";
        case Outcome::installed:
            return "installed";
        case Outcome::would_upgrade:
            return "would be upgraded";
        case Outcome::would_install:
            return "would be installed";
        case Outcome::skipped:
            return "skipped";
        case Outcome::failed:
            return (count == 1 ? "failed: " : "failed, the first: ") + first_failure(rows);
    }
    return "";
}

std::string counts(const std::vector<TargetRow>& rows) {
    constexpr std::array<Outcome, 7> order{Outcome::upgraded,      Outcome::installed, Outcome::would_upgrade,
                                           Outcome::would_install, Outcome::unchanged, Outcome::skipped,
                                           Outcome::failed};
    std::string text;
    for (const auto outcome : order) {
        const auto count = static_cast<std::size_t>(std::count_if(
            rows.begin(), rows.end(), [outcome](const TargetRow& row) { return row.outcome == outcome; }));
        if (count > 0) {
            text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + phrase(outcome, count, rows);
        }
    }
    return text;
}

std::string message_for(const Answer& answer) {
    if (answer.targets.empty()) {
        return answer.error ? sentence(*answer.error) : "nothing to do: there was no target";
    }
    const bool is_idle = std::all_of(answer.targets.begin(), answer.targets.end(), is_unchanged);
    std::string told = (is_idle ? "nothing to do: " : "") + counts(answer.targets);
    if (!answer.error) {
        return told;
    }
    return told + (told.ends_with('.') ? " " : ". ") + sentence(*answer.error);
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    constexpr std::array<std::string_view, 7> names{"unchanged",     "upgraded", "installed", "would_upgrade",
                                                    "would_install", "skipped",  "failed"};
    return names.at(static_cast<std::size_t>(outcome));
}

void summarize(Answer& answer, bool with_diff) {
    const auto& rows = answer.targets;
    answer.changed = std::any_of(rows.begin(), rows.end(), [](const TargetRow& row) { return row.changed; });
    answer.failed = answer.error.has_value() ||
                    std::any_of(rows.begin(), rows.end(),
                                [](const TargetRow& row) { return row.outcome == Outcome::failed; });
    answer.reboot_required = std::any_of(
        rows.begin(), rows.end(), [](const TargetRow& row) { return row.reboot_required.value_or(false); });
    if (!rows.empty() || answer.message.empty()) {
        answer.message = message_for(answer);
    }
    if (with_diff) {
        answer.diff = diff_of(rows);
    }
}

Answer refusal(const ErrorDetail& error) {
    Answer answer;
    answer.failed = true;
    answer.message = sentence(error);
    answer.error = error;
    return answer;
}

}  // namespace upshift
