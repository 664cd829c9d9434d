// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/command_words.hpp"

#include <algorithm>
#include <array>
#include <getopt.h>
#include <iterator>
#include <utility>

namespace upshift {

namespace {

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

void take_switch(CommandWords& words, int found, const char* value, const std::string& word) {
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

}  // namespace

OperationError refusal_of(ErrorDetail detail) {
    detail.kind = ErrorKind::invalid_arguments;
    if (detail.hint.empty()) {
        detail.hint = "\"upshift --help\" shows an example.";
    }
    return OperationError(std::move(detail));
}

std::string switch_in(const std::string& word) {
    return word.substr(0, word.find('='));
}

CommandWords sort_words(std::vector<std::string> given) {
    std::string program = "upshift";
    std::vector<char*> argv{program.data()};
    std::ranges::transform(given, std::back_inserter(argv), [](std::string& word) { return word.data(); });
    argv.push_back(nullptr);
    const int count = static_cast<int>(argv.size()) - 1;

    CommandWords sorted;
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

}  // namespace upshift
