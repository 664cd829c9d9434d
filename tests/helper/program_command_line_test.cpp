// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/operations.hpp"
#include "program/command_line.hpp"
#include "support/error.hpp"

using namespace upshift;

namespace {

std::string refusal_of_words(const std::vector<std::string>& words) {
    try {
        parse_command_line(words);
    } catch (const OperationError& error) {
        CHECK(error.detail().kind == ErrorKind::invalid_arguments);
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("an operation alone is run with every switch off", "[command_line]") {
    const auto line = parse_command_line({"hyperv_vm_version"});
    CHECK(line.action == CommandLine::Action::run);
    CHECK(line.operation == "hyperv_vm_version");
    CHECK(line.progress == ProgressChoice::automatic);
    CHECK_FALSE((line.options.check_mode || line.options.diff || line.detailed_exit_code));
}

TEST_CASE("switches may stand before and after the operation", "[command_line]") {
    const auto line = parse_command_line(
        {"--check", "hyperv_vm_version", "--diff", "--detailed-exitcode", "--progress=json"});
    CHECK(line.operation == "hyperv_vm_version");
    CHECK(line.progress == ProgressChoice::json);
    CHECK((line.options.check_mode && line.options.diff && line.detailed_exit_code));
}

TEST_CASE("a schema is printed of one operation", "[command_line]") {
    const auto line = parse_command_line({"schema", "msi_product_version"});
    CHECK(line.action == CommandLine::Action::schema);
    CHECK(line.operation == "msi_product_version");
}

TEST_CASE("help and version need no operation", "[command_line]") {
    CHECK(parse_command_line({"--help"}).action == CommandLine::Action::help);
    CHECK(parse_command_line({"hyperv_vm_version", "-h"}).action == CommandLine::Action::help);
    CHECK(parse_command_line({"--version"}).action == CommandLine::Action::version);
}

TEST_CASE("a slip in a switch is answered with the nearest one", "[command_line]") {
    CHECK(refusal_of_words({"hyperv_vm_version", "--dif"}) ==
          "Could not use the switch \"--dif\": there is no such switch; needed is \"--check\", \"--diff\", "
          "\"--detailed-exitcode\", \"--progress\", \"--detach\", \"--wait\", \"--confirm\", \"--version\" "
          "or \"--help\". "
          "Did you mean \"--diff\"?");
    CHECK_THAT(refusal_of_words({"hyperv_vm_version", "--progres=json"}),
               Catch::EndsWith("Did you mean \"--progress\"?"));
}

TEST_CASE("a slip in a command is answered with the nearest one, and all that there are", "[command_line]") {
    CHECK_THAT(
        refusal_of_words({"polll", "20261127T031500Z-9f3c01aa"}),
        Catch::StartsWith("Could not run the operation \"polll\": there is no such operation; needed is "
                          "\"hyperv_vm_version\", ") &&
            Catch::EndsWith("\"schema\", \"poll\", \"cancel\", \"confirm\", \"runs\" or \"stage\". "
                            "Did you mean \"poll\"?"));
    CHECK_THAT(refusal_of_words({"hyperv_vm_versoin"}),
               Catch::EndsWith("Did you mean \"hyperv_vm_version\"?"));
    CHECK_THAT(refusal_of_words({"schema", "polll"}), !Catch::Contains("\"poll\""));
}

TEST_CASE("a switch that would say nothing is refused", "[command_line]") {
    CHECK(refusal_of_words({"hyperv_vm_version", "--wait", "5"}) ==
          "Could not use the switch \"--wait\": nothing is waited for; needed is --detach beside it, or it "
          "after poll or cancel. \"upshift --help\" shows an example.");
    CHECK_THAT(refusal_of_words({"hyperv_vm_version", "--confirm"}),
               Catch::StartsWith("Could not use the switch \"--confirm\": no run is asked for its answer"));
    CHECK_THAT(refusal_of_words({"runs", "--wait", "5"}), Catch::Contains("nothing is waited for"));
    CHECK(parse_command_line({"hyperv_vm_version", "--detach", "--wait", "5", "--confirm"}).confirm);
    CHECK(parse_command_line({"cancel", "20261127T031500Z-9f3c01aa", "--wait", "5"}).wait.count() == 5);
}

TEST_CASE("a choice of progress that there is not is answered with those that there are", "[command_line]") {
    CHECK(refusal_of_words({"hyperv_vm_version", "--progress", "jsn"}) ==
          "Could not use the switch \"--progress\": its value is \"jsn\"; needed is \"auto\", \"json\" or "
          "\"none\". "
          "Did you mean \"json\"?");
}

TEST_CASE("a command line without an operation is refused", "[command_line]") {
    CHECK_THAT(refusal_of_words({}),
               Catch::StartsWith("Could not run an operation: no operation is given; needed is"));
    CHECK_THAT(refusal_of_words({"schema"}),
               Catch::StartsWith("Could not print a schema: no operation is given"));
}

TEST_CASE("arguments on the command line are refused and sent to standard input", "[command_line]") {
    CHECK(refusal_of_words({"hyperv_vm_version", "web01"}) ==
          "Could not use the word \"web01\": it comes after everything that the command line can hold. "
          "Arguments are "
          "given as JSON on standard input; \"upshift --help\" shows an example.");
}

TEST_CASE("a path is never taken for a switch as Windows programs do", "[command_line]") {
    CHECK_THAT(refusal_of_words({"hyperv_vm_version", "/check"}), Catch::Contains("\"/check\""));
}

TEST_CASE("the help names every operation", "[command_line]") {
    for (const Operation& operation : operations()) {
        CHECK_THAT(help_text(), Catch::Contains("  " + std::string(operation.name) + " "));
    }
}

TEST_CASE("a run is detached on request and waited for as long as is said", "[command_line]") {
    const auto line = parse_command_line({"hyperv_vm_version", "--detach", "--wait", "5", "--check"});
    CHECK(line.action == CommandLine::Action::run_detached);
    CHECK(line.wait == std::chrono::seconds(5));
    CHECK(line.options.check_mode);
}

TEST_CASE("runs are polled and cancelled by their id", "[command_line]") {
    const auto line = parse_command_line({"poll", "20261127T031500Z-9f3c01aa", "--wait=0"});
    CHECK(line.action == CommandLine::Action::poll);
    CHECK(line.run_id == "20261127T031500Z-9f3c01aa");
    CHECK(line.wait == std::chrono::seconds(0));
    CHECK(parse_command_line({"cancel", "x"}).action == CommandLine::Action::cancel);
    CHECK(parse_command_line({"runs"}).action == CommandLine::Action::runs);
}

TEST_CASE("a switch without its value is refused by its name", "[command_line]") {
    CHECK_THAT(refusal_of_words({"hyperv_vm_version", "--progress"}),
               Catch::StartsWith("Could not use the switch \"--progress\": it has no value"));
}
