// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/command_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "contract/operations.hpp"
#include "program/command_words.hpp"
#include "support/nearest_name.hpp"

namespace upshift {

namespace {

constexpr std::string_view schema_action = "schema";
constexpr std::string_view poll_action = "poll";
constexpr std::string_view cancel_action = "cancel";
constexpr std::string_view confirm_action = "confirm";
constexpr std::string_view runs_action = "runs";
constexpr std::string_view stage_action = "stage";

constexpr std::array commands{schema_action,  poll_action, cancel_action,
                              confirm_action, runs_action, stage_action};

constexpr int longest_wait = 3600;

const std::vector<std::string_view>& switches() {
    static const std::vector<std::string_view> names{"--check",    "--diff",    "--detailed-exitcode",
                                                     "--progress", "--detach",  "--wait",
                                                     "--confirm",  "--version", "--help"};
    return names;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& names) {
    const std::string_view nearest = nearest_name(word, names);
    return nearest.empty() ? std::string() : "Did you mean \"" + std::string(nearest) + "\"?";
}

ProgressChoice progress_of(const std::string& choice) {
    const std::vector<std::string_view> names{"auto", "json", "none"};
    if (choice == "auto") {
        return ProgressChoice::automatic;
    }
    if (choice == "json") {
        return ProgressChoice::json;
    }
    if (choice == "none") {
        return ProgressChoice::none;
    }
    throw refusal_of({.attempted = "use the switch",
                      .object = "--progress",
                      .found = "its value is \"" + choice + "\"",
                      .needed = quoted_list(names),
                      .hint = did_you_mean(choice, names)});
}

void refuse_unknown_switch(const CommandWords& words) {
    if (words.unknown.empty()) {
        return;
    }
    const std::string& word = words.unknown.front();
    throw refusal_of({.attempted = "use the switch",
                      .object = word,
                      .found = "there is no such switch",
                      .needed = quoted_list(switches()),
                      .hint = did_you_mean(switch_in(word), switches())});
}

void refuse_more_than(std::size_t count, const std::vector<std::string>& positionals) {
    if (positionals.size() > count) {
        throw refusal_of(
            {.attempted = "use the word",
             .object = positionals.at(count),
             .found = "it comes after everything that the command line can hold",
             .hint = "Arguments are given as JSON on standard input; \"upshift --help\" shows an example."});
    }
}

std::chrono::seconds wait_of(const CommandWords& words, std::chrono::seconds otherwise) {
    if (words.wait.empty()) {
        return otherwise;
    }
    int seconds = 0;
    const char* const end = words.wait.data() + words.wait.size();
    const auto [parsed, error] = std::from_chars(words.wait.data(), end, seconds);
    if (error != std::errc() || parsed != end || seconds < 0 || seconds > longest_wait) {
        throw refusal_of({.attempted = "use the switch",
                          .object = "--wait",
                          .found = "its value is \"" + words.wait + "\"",
                          .needed = "seconds from 0 to " + std::to_string(longest_wait)});
    }
    return std::chrono::seconds(seconds);
}

/// poll RUN, cancel RUN, confirm RUN, runs and stage; false where it is none of them.
bool read_other_action(const CommandWords& words, CommandLine& line) {
    const std::string& action = words.positionals.front();
    if (action == runs_action || action == stage_action) {
        refuse_more_than(1, words.positionals);
        line.action = action == runs_action ? CommandLine::Action::runs : CommandLine::Action::stage;
        return true;
    }
    if (action != poll_action && action != cancel_action && action != confirm_action) {
        return false;
    }
    if (words.positionals.size() < 2) {
        throw refusal_of(
            {.attempted = action + " a run",
             .found = "no run is given",
             .needed = "its id, as the answer of --detach gives it and \"upshift runs\" lists it"});
    }
    refuse_more_than(2, words.positionals);
    line.action = CommandLine::Action::confirm;
    if (action != confirm_action) {
        line.action = action == poll_action ? CommandLine::Action::poll : CommandLine::Action::cancel;
    }
    line.run_id = words.positionals.at(1);
    return true;
}

std::vector<std::string_view> names_of_operations() {
    std::vector<std::string_view> names;
    for (const Operation& operation : operations()) {
        names.push_back(operation.name);
    }
    return names;
}

void refuse_missing_operation(const char* attempted) {
    throw refusal_of({.attempted = attempted,
                      .found = "no operation is given",
                      .needed = quoted_list(names_of_operations())});
}

void refuse_unknown_operation(const std::string& name, bool may_be_command) {
    if (is_operation(name)) {
        return;
    }
    ErrorDetail detail = unknown_operation(name).detail();
    if (may_be_command) {
        std::vector<std::string_view> names = names_of_operations();
        names.insert(names.end(), commands.begin(), commands.end());
        detail.needed = quoted_list(names);
        detail.hint = did_you_mean(name, names);
    }
    throw OperationError(detail);
}

/// Where nothing is waited for or confirmed, the switch would say nothing.
void refuse_idle_switches(const CommandWords& words, const CommandLine& line) {
    using Action = CommandLine::Action;
    const bool is_detached = line.action == Action::run_detached;
    const bool confirms = is_detached || line.action == Action::poll;
    const bool waits = confirms || line.action == Action::cancel;
    if (!words.wait.empty() && !waits) {
        throw refusal_of({.attempted = "use the switch",
                          .object = "--wait",
                          .found = "nothing is waited for",
                          .needed = "--detach beside it, or it after poll or cancel"});
    }
    if (words.confirm && !confirms) {
        throw refusal_of({.attempted = "use the switch",
                          .object = "--confirm",
                          .found = "no run is asked for its answer",
                          .needed = "--detach beside it, or it after poll"});
    }
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words) {
    const CommandWords sorted = sort_words(words);
    refuse_unknown_switch(sorted);
    CommandLine line{.options = {.check_mode = sorted.check, .diff = sorted.diff},
                     .progress = progress_of(sorted.progress),
                     .detailed_exit_code = sorted.detailed_exit_code};
    if (sorted.help || sorted.version) {
        line.action = sorted.help ? CommandLine::Action::help : CommandLine::Action::version;
        return line;
    }
    line.wait = wait_of(sorted, line.wait);
    line.confirm = sorted.confirm;
    if (!sorted.positionals.empty() && read_other_action(sorted, line)) {
        refuse_idle_switches(sorted, line);
        return line;
    }
    const bool wants_schema = !sorted.positionals.empty() && sorted.positionals.front() == schema_action;
    const std::size_t place = wants_schema ? 1 : 0;
    if (sorted.positionals.size() <= place) {
        refuse_missing_operation(wants_schema ? "print a schema" : "run an operation");
    }
    refuse_unknown_operation(sorted.positionals.at(place), !wants_schema);
    refuse_more_than(place + 1, sorted.positionals);
    line.operation = sorted.positionals.at(place);
    line.run_id = sorted.as_run;
    line.input = sorted.input;
    if (wants_schema) {
        line.action = CommandLine::Action::schema;
    } else {
        line.action = sorted.detach ? CommandLine::Action::run_detached : CommandLine::Action::run;
    }
    refuse_idle_switches(sorted, line);
    return line;
}

}  // namespace upshift
