// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/run_ledger.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace upshift {

namespace {

std::optional<Outcome> outcome_named(std::string_view name) {
    constexpr std::array all{Outcome::unchanged,     Outcome::upgraded,      Outcome::installed,
                             Outcome::would_upgrade, Outcome::would_install, Outcome::skipped,
                             Outcome::failed};
    const auto* const found =
        std::ranges::find_if(all, [&](Outcome outcome) { return name_of(outcome) == name; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

bool leaves_untouched(std::string_view outcome) {
    return outcome == name_of(Outcome::unchanged) || outcome == name_of(Outcome::skipped);
}

ErrorDetail still_running(std::string object) {
    return {.kind = ErrorKind::cancelled,
            .attempted = "stop in time the work on",
            .object = std::move(object),
            .found = "it is still running",
            .hint = "Look at the state it is in before the next run."};
}

}  // namespace

void RunLedger::begin(ProgressSink& display, bool can_change) {
    const std::scoped_lock lock(mutex_);
    display_ = &display;
    can_change_ = can_change;
}

void RunLedger::report(const ProgressEvent& event) {
    note(event);
    display_->report(event);
}

void RunLedger::note(const ProgressEvent& event) {
    const std::scoped_lock lock(mutex_);
    if (event.kind == ProgressEvent::Kind::begun) {
        in_work_ += 1;
        targets_.push_back({.name = event.target, .outcome = {}});
        return;
    }
    if (event.kind == ProgressEvent::Kind::step) {
        return;
    }
    const auto target = std::ranges::find_if(
        targets_, [&](const Target& other) { return other.name == event.target && other.outcome.empty(); });
    if (target == targets_.end()) {
        return;
    }
    in_work_ -= 1;
    altered_ = altered_ || !leaves_untouched(event.text);
    target->outcome = event.text;
}

bool RunLedger::may_have_changed() const noexcept {
    return can_change_ && (altered_ || in_work_ > 0);
}

Answer RunLedger::unfinished_answer() const {
    const std::scoped_lock lock(mutex_);
    Answer answer;
    std::string in_work;
    for (const Target& target : targets_) {
        TargetRow row{.name = target.name,
                      .outcome = outcome_named(target.outcome).value_or(Outcome::failed)};
        row.changed = row.outcome == Outcome::upgraded || row.outcome == Outcome::installed;
        if (target.outcome.empty()) {
            row.error = still_running(target.name);
            row.reason = sentence(*row.error);
            in_work += (in_work.empty() ? "" : ", ") + target.name;
        }
        answer.targets.push_back(std::move(row));
    }
    answer.changed = may_have_changed();
    answer.failed = true;
    answer.error = still_running(in_work);
    answer.message = sentence(*answer.error);
    return answer;
}

}  // namespace upshift
