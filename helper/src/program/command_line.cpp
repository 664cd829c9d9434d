// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/command_line.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "contract/operations.hpp"
#include "support/nearest_name.hpp"

namespace upshift {

namespace {

constexpr std::string_view schema_action = "schema";

/// The words sorted by the parser, not yet judged.
struct Words {
    std::vector<std::string> positionals;
    std::string progress = "auto";
    bool check = false;
    bool diff = false;
    bool detailed_exit_code = false;
    bool version = false;
    bool help = false;
    std::vector<std::string> unknown;
};

const std::vector<std::string_view>& switches() {
    static const std::vector<std::string_view> names{"--check",    "--diff",    "--detailed-exitcode",
                                                     "--progress", "--version", "--help"};
    return names;
}

OperationError refusal_of(ErrorDetail detail) {
    detail.kind = ErrorKind::invalid_arguments;
    if (detail.hint.empty()) {
        detail.hint = "\"upshift --help\" shows an example.";
    }
    return OperationError(std::move(detail));
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& names) {
    const std::string_view nearest = nearest_name(word, names);
    return nearest.empty() ? std::string() : "Did you mean \"" + std::string(nearest) + "\"?";
}

Words sort_words(std::vector<std::string> words) {
    Words sorted;
    CLI::App parser;
    parser.set_help_flag();
    parser.allow_windows_style_options(false);
    parser.allow_extras();
    parser.add_option("words", sorted.positionals);
    parser.add_option("--progress", sorted.progress)->type_size(1);
    parser.add_flag("--check", sorted.check);
    parser.add_flag("--diff", sorted.diff);
    parser.add_flag("--detailed-exitcode", sorted.detailed_exit_code);
    parser.add_flag("--version", sorted.version);
    parser.add_flag("-h,--help", sorted.help);
    std::ranges::reverse(words);  // as the parser takes them
    try {
        parser.parse(words);
    } catch (const CLI::ParseError& error) {
        throw refusal_of({.attempted = "understand the command line", .found = error.what()});
    }
    sorted.unknown = parser.remaining();
    return sorted;
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

void refuse_unknown_switch(const Words& words) {
    if (words.unknown.empty()) {
        return;
    }
    const std::string& word = words.unknown.front();
    throw refusal_of({.attempted = "use the switch",
                      .object = word,
                      .found = "there is no such switch",
                      .needed = quoted_list(switches()),
                      .hint = did_you_mean(word.substr(0, word.find('=')), switches())});
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

void refuse_missing_operation(const char* attempted) {
    std::vector<std::string_view> names;
    for (const Operation& operation : operations()) {
        names.push_back(operation.name);
    }
    throw refusal_of(
        {.attempted = attempted, .found = "no operation is given", .needed = quoted_list(names)});
}

void refuse_unknown_operation(const std::string& name) {
    if (!is_operation(name)) {
        throw unknown_operation(name);
    }
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words) {
    const Words sorted = sort_words(words);
    refuse_unknown_switch(sorted);
    CommandLine line{.options = {.check_mode = sorted.check, .diff = sorted.diff},
                     .progress = progress_of(sorted.progress),
                     .detailed_exit_code = sorted.detailed_exit_code};
    if (sorted.help || sorted.version) {
        line.action = sorted.help ? CommandLine::Action::help : CommandLine::Action::version;
        return line;
    }
    const bool wants_schema = !sorted.positionals.empty() && sorted.positionals.front() == schema_action;
    const std::size_t place = wants_schema ? 1 : 0;
    if (sorted.positionals.size() <= place) {
        refuse_missing_operation(wants_schema ? "print a schema" : "run an operation");
    }
    refuse_unknown_operation(sorted.positionals.at(place));
    refuse_more_than(place + 1, sorted.positionals);
    line.action = wants_schema ? CommandLine::Action::schema : CommandLine::Action::run;
    line.operation = sorted.positionals.at(place);
    return line;
}

std::string help_text() {
    std::string text =
        "upshift brings Hyper-V virtual machines and Windows Installer products to a wanted version, and "
        "does\n"
        "nothing where they are already there.\n"
        "\n"
        "usage: upshift OPERATION [switches] < arguments.json\n"
        "       upshift schema OPERATION\n"
        "\n"
        "Standard input holds the arguments, one JSON object; standard output gets the answer, one line of "
        "JSON.\n"
        "\n"
        "operations:\n";
    for (const Operation& operation : operations()) {
        std::string name(operation.name);
        name.resize(26, ' ');
        text += "  " + name + std::string(operation.summary) + "\n";
    }
    text +=
        "\n"
        "switches:\n"
        "  --check                      say what would be done, and do nothing\n"
        "  --diff                       answer with the lines before and after\n"
        "  --detailed-exitcode          exit code 2 in place of 0 where something was changed\n"
        "  --progress auto|json|none    on standard error: a bar and a table at a terminal, JSON lines, "
        "nothing\n"
        "  --version                    print the version\n"
        "  --help                       print this\n"
        "\n"
        "exit codes: 0 done, 1 failed, 64 the command line or the arguments could not be used; the answer is "
        "on\n"
        "standard output in each case.\n"
        "\n"
        "example: what would be upgraded on the host that host.json describes?\n"
        "  echo '{\"name\": \"*\", \"simulation\": \"host.json\"}' | upshift hyperv_vm_version --check "
        "--diff\n"
        "\n"
        "\"upshift schema OPERATION\" describes every argument and every field of the answer as JSON "
        "Schema.\n";
    return text;
}

}  // namespace upshift
