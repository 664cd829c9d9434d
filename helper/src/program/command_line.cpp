// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/command_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <getopt.h>
#include <iterator>

#include "contract/operations.hpp"
#include "support/nearest_name.hpp"

namespace upshift {

namespace {

constexpr std::string_view schema_action = "schema";
constexpr std::string_view poll_action = "poll";
constexpr std::string_view cancel_action = "cancel";
constexpr std::string_view confirm_action = "confirm";
constexpr std::string_view runs_action = "runs";
constexpr std::string_view stage_action = "stage";

constexpr int longest_wait = 3600;

/// The words sorted by the parser, not yet judged.
struct Words {
    std::vector<std::string> positionals;
    std::string progress = "auto";
    std::string wait;
    std::string as_run;
    std::string input;
    bool check = false;
    bool diff = false;
    bool detach = false;
    bool confirm = false;
    bool detailed_exit_code = false;
    bool version = false;
    bool help = false;
    std::vector<std::string> unknown;
};

const std::vector<std::string_view>& switches() {
    static const std::vector<std::string_view> names{"--check",    "--diff",   "--detailed-exitcode",
                                                     "--progress", "--detach", "--wait",
                                                     "--version",  "--help"};
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

/// What stands before the value in a word such as "--progress=json".
std::string switch_in(const std::string& word) {
    return word.substr(0, word.find('='));
}

constexpr int unknown_switch = '?';
constexpr int no_value = ':';

constexpr std::array option_table{option{"progress", required_argument, nullptr, 'p'},
                                  option{"wait", required_argument, nullptr, 'w'},
                                  option{"as-run", required_argument, nullptr, 'r'},
                                  option{"input", required_argument, nullptr, 'i'},
                                  option{"check", no_argument, nullptr, 'c'},
                                  option{"diff", no_argument, nullptr, 'd'},
                                  option{"detach", no_argument, nullptr, 'b'},
                                  option{"confirm", no_argument, nullptr, 'f'},
                                  option{"detailed-exitcode", no_argument, nullptr, 'e'},
                                  option{"version", no_argument, nullptr, 'v'},
                                  option{"help", no_argument, nullptr, 'h'},
                                  option{nullptr, 0, nullptr, 0}};

void take_switch(Words& words, int found, const char* value, const std::string& word) {
    switch (found) {
        case 'p':
            words.progress = value;
            return;
        case 'w':
            words.wait = value;
            return;
        case 'r':
            words.as_run = value;
            return;
        case 'i':
            words.input = value;
            return;
        case 'c':
            words.check = true;
            return;
        case 'd':
            words.diff = true;
            return;
        case 'b':
            words.detach = true;
            return;
        case 'f':
            words.confirm = true;
            return;
        case 'e':
            words.detailed_exit_code = true;
            return;
        case 'v':
            words.version = true;
            return;
        case 'h':
            words.help = true;
            return;
        case no_value:
            throw refusal_of({.attempted = "use the switch", .object = word, .found = "it has no value"});
        default:
            words.unknown.push_back(word);
    }
}

/// getopt_long takes "--dif" for "--diff"; here a slip is a slip.
bool is_abbreviated(int found, const std::string& word) {
    const std::string name = switch_in(word);
    return found != no_value && name.starts_with("--") &&
           std::ranges::none_of(option_table, [&](const option& known) {
               return known.val == found && known.name != nullptr && name == std::string("--") + known.name;
           });
}

/// Neither the words nor the order in which they stand are judged here.
Words sort_words(std::vector<std::string> given) {
    std::string program = "upshift";
    std::vector<char*> argv{program.data()};
    std::ranges::transform(given, std::back_inserter(argv), [](std::string& word) { return word.data(); });
    argv.push_back(nullptr);
    const int count = static_cast<int>(argv.size()) - 1;

    Words sorted;
    optind = 0;  // begins anew
    opterr = 0;
    while (true) {
        const auto at = static_cast<std::size_t>(std::max(optind, 1));
        // "+" keeps the order and stops at a word that is no switch.
        // NOLINTNEXTLINE(concurrency-mt-unsafe) no other thread reads a command line
        const int found = getopt_long(count, argv.data(), "+:h", option_table.data(), nullptr);
        if (found != -1) {
            const std::string word = argv.at(at);
            take_switch(sorted, is_abbreviated(found, word) ? unknown_switch : found, optarg, word);
        } else if (optind < count) {
            sorted.positionals.emplace_back(argv.at(static_cast<std::size_t>(optind)));
            ++optind;
        } else {
            return sorted;
        }
    }
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

std::chrono::seconds wait_of(const Words& words, std::chrono::seconds otherwise) {
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
bool read_other_action(const Words& words, CommandLine& line) {
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
    line.wait = wait_of(sorted, line.wait);
    line.confirm = sorted.confirm;
    if (!sorted.positionals.empty() && read_other_action(sorted, line)) {
        return line;
    }
    const bool wants_schema = !sorted.positionals.empty() && sorted.positionals.front() == schema_action;
    const std::size_t place = wants_schema ? 1 : 0;
    if (sorted.positionals.size() <= place) {
        refuse_missing_operation(wants_schema ? "print a schema" : "run an operation");
    }
    refuse_unknown_operation(sorted.positionals.at(place));
    refuse_more_than(place + 1, sorted.positionals);
    line.operation = sorted.positionals.at(place);
    line.run_id = sorted.as_run;
    line.input = sorted.input;
    if (wants_schema) {
        line.action = CommandLine::Action::schema;
    } else {
        line.action = sorted.detach ? CommandLine::Action::run_detached : CommandLine::Action::run;
    }
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
        "       upshift poll RUN | cancel RUN | confirm RUN | runs\n"
        "       upshift stage < {\"version\": ..., \"sha256\": ...}\n"
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
        "  --detach                     work on after this process and its session have ended; answers "
        "within "
        "--wait,\n"
        "                               otherwise names the run: poll RUN gives its answer, cancel RUN ends "
        "it "
        "in order,\n"
        "                               runs lists all\n"
        "  --wait SECONDS               how long --detach, poll and cancel wait for the answer: 20, at most "
        "3600\n"
        "  --confirm                    an answer that tells of changes counts as given only after confirm "
        "RUN\n"
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
