// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/answer.hpp"

using namespace upshift;

namespace {

TargetRow row(const std::string& name, Outcome outcome, const std::string& before,
              const std::string& wanted) {
    TargetRow target;
    target.name = name;
    target.outcome = outcome;
    target.version_before = before;
    target.version_wanted = wanted;
    target.changed =
        outcome != Outcome::unchanged && outcome != Outcome::skipped && outcome != Outcome::failed;
    return target;
}

TargetRow failing(const std::string& name, const std::string& reason) {
    auto target = row(name, Outcome::failed, "9.0", "12.0");
    target.reason = reason;
    return target;
}

std::string message(std::vector<TargetRow> rows) {
    Answer answer;
    answer.targets = std::move(rows);
    summarize(answer, false);
    return answer.message;
}

}  // namespace

TEST_CASE("the summary counts what was done and names the first failure", "[contract]") {
    CHECK(message({row("a", Outcome::upgraded, "9.0", "10.0"), row("b", Outcome::upgraded, "9.0", "10.0"),
                   row("c", Outcome::unchanged, "10.0", "10.0"), failing("web03", "it is running")}) ==
          "2 upgraded, 1 already at 10.0, 1 failed: web03: it is running");
    CHECK(message({failing("web03", "it is running"), failing("web04", "it is paused")}) ==
          "2 failed, the first: web03: it is running");
    CHECK(message({row("a", Outcome::installed, "", "2.0"), row("b", Outcome::skipped, "", "")}) ==
          "1 installed, 1 skipped");
}

TEST_CASE("the summary of a plan says would", "[contract]") {
    CHECK(message({row("a", Outcome::would_upgrade, "9.0", "10.0"),
                   row("b", Outcome::would_upgrade, "9.0", "10.0"),
                   row("c", Outcome::would_install, "", "1.0"), row("d", Outcome::skipped, "9.0", "10.0")}) ==
          "2 would be upgraded, 1 would be installed, 1 skipped");
}

TEST_CASE("where nothing is to do the summary says so", "[contract]") {
    const auto at = [](const std::string& version) { return row("a", Outcome::unchanged, version, "12.0"); };
    CHECK(message({at("12.0"), at("12.0"), at("12.0")}) == "nothing to do: 3 already at 12.0");
    CHECK(message({at("12.0"), at("12.5")}) == "nothing to do: 2 already at the wanted version or above");
    CHECK(message({row("a", Outcome::unchanged, "1.0", "1.0"), row("b", Outcome::unchanged, "2.0", "2.0")}) ==
          "nothing to do: 2 already at the wanted version");
    CHECK(message({}) == "nothing to do: there was no target");
}

TEST_CASE("a failing row without a reason is told by its error", "[contract]") {
    auto target = failing("", "");
    target.vm_id = "B637F346-6A0E-4DEC-AF52-BD70CB80A21D";
    target.error =
        ErrorDetail{.kind = ErrorKind::failed, .attempted = "upgrade the VM", .found = "the job failed"};
    CHECK(message({target}) ==
          "1 failed: B637F346-6A0E-4DEC-AF52-BD70CB80A21D: Could not upgrade the VM: the job failed.");
}

TEST_CASE("a reason that names the target is told without naming it again", "[contract]") {
    CHECK(message({failing("web03", "Could not upgrade the VM \"web03\": it is running.")}) ==
          "1 failed: Could not upgrade the VM \"web03\": it is running.");
}

TEST_CASE("the summary sets changed, failed and reboot_required from the rows", "[contract]") {
    Answer answer;
    answer.targets = {row("a", Outcome::unchanged, "1.0", "1.0")};
    summarize(answer, false);
    CHECK_FALSE(answer.changed);
    CHECK_FALSE(answer.failed);
    CHECK_FALSE(answer.reboot_required);
    answer.targets.push_back(row("b", Outcome::upgraded, "1.0", "2.0"));
    answer.targets.back().reboot_required = true;
    answer.targets.push_back(failing("c", "it is running"));
    summarize(answer, false);
    CHECK(answer.changed);
    CHECK(answer.failed);
    CHECK(answer.reboot_required);
}

TEST_CASE("a failed row that was altered all the same makes the run changed", "[contract]") {
    Answer answer;
    answer.targets = {failing("web03", "its upgrade failed; it was shut down")};
    answer.targets.front().changed = true;
    summarize(answer, false);
    CHECK(answer.changed);
    CHECK(answer.failed);
}

TEST_CASE("a run that was broken off tells what was done and then why", "[contract]") {
    Answer answer;
    answer.targets = {row("a", Outcome::upgraded, "9.0", "12.0"), row("b", Outcome::skipped, "9.0", "12.0")};
    answer.error = ErrorDetail{
        .kind = ErrorKind::cancelled, .attempted = "finish the run", .found = "it was told to stop"};
    summarize(answer, false);
    CHECK(answer.failed);
    CHECK(answer.message == "1 upgraded, 1 skipped. Could not finish the run: it was told to stop.");
}

TEST_CASE("a run that was broken off after a failure has one full stop between the two", "[contract]") {
    Answer answer;
    answer.targets = {failing("Agent", "Nothing of it is installed.")};
    answer.error = ErrorDetail{
        .kind = ErrorKind::cancelled, .attempted = "finish the run", .found = "it was told to stop"};
    summarize(answer, false);
    CHECK(answer.message ==
          "1 failed: Agent: Nothing of it is installed. Could not finish the run: it was told to stop.");
}

TEST_CASE("the message of a listing stays", "[contract]") {
    Answer answer;
    answer.message = "8 VMs on 1 host";
    summarize(answer, true);
    CHECK(answer.message == "8 VMs on 1 host");
    CHECK_FALSE(answer.failed);
}

TEST_CASE("the diff has one line per target, before and after", "[contract]") {
    Answer answer;
    auto vm = row("web01", Outcome::upgraded, "9.0", "12.0");
    vm.vm_id = "B637F346-6A0E-4DEC-AF52-BD70CB80A21D";
    vm.state_before = "running";
    vm.state = "off";
    vm.version = "12.0";
    auto product = row("App", Outcome::upgraded, "1.0.0", "2.0.0");
    product.product_code_before = "{1}";
    product.product_code = "{2}";
    product.version = "2.0.0";
    auto absent = row("New", Outcome::installed, "", "1.0.0");
    absent.version = "1.0.0";
    answer.targets = {vm, product, absent, failing("web02", "it is paused")};
    summarize(answer, true);
    REQUIRE(answer.diff);
    CHECK(answer.diff->before ==
          "web01 (B637F346-6A0E-4DEC-AF52-BD70CB80A21D): 9.0, running\nApp ({1}): 1.0.0\nNew: absent\nweb02: "
          "9.0\n");
    CHECK(answer.diff->after ==
          "web01 (B637F346-6A0E-4DEC-AF52-BD70CB80A21D): 12.0, off\nApp ({2}): 2.0.0\nNew: 1.0.0\nweb02: "
          "9.0\n");
}

TEST_CASE("the diff of a plan shows where it leads to", "[contract]") {
    Answer answer;
    auto vm = row("web01", Outcome::would_upgrade, "9.0", "12.0");
    vm.state_before = "off";
    vm.version = "9.0";
    answer.targets = {vm, row("web02", Outcome::unchanged, "12.0", "12.0")};
    summarize(answer, true);
    REQUIRE(answer.diff);
    CHECK(answer.diff->before == "web01: 9.0, off\nweb02: 12.0\n");
    CHECK(answer.diff->after == "web01: 12.0, off\nweb02: 12.0\n");
}

TEST_CASE("the diff says of a product that is gone that it is absent", "[contract]") {
    Answer answer;
    auto lost = row("App", Outcome::failed, "1.0.0", "2.0.0");
    lost.classification = "major_upgrade";
    answer.targets = {lost};
    summarize(answer, true);
    REQUIRE(answer.diff);
    CHECK(answer.diff->before == "App: 1.0.0\n");
    CHECK(answer.diff->after == "App: absent\n");
}

TEST_CASE("the diff does not say absent of what was not looked at", "[contract]") {
    Answer answer;
    auto unread = row("app.msi", Outcome::failed, "", "");
    unread.diff.before_unknown = true;
    unread.diff.after_unknown = true;
    answer.targets = {unread};
    summarize(answer, true);
    REQUIRE(answer.diff);
    CHECK(answer.diff->before == "app.msi: not known\n");
    CHECK(answer.diff->after == "app.msi: not known\n");
}

TEST_CASE("the diff has a line for each further product that goes", "[contract]") {
    Answer answer;
    auto product = row("App", Outcome::would_upgrade, "1.1.0", "2");
    product.product_code_before = "{1}";
    product.product_code = "{2}";
    product.diff.version_planned = "2.0.0";
    product.diff.removed = {{"Old App", "{0}", "1.0.0", ""}};
    answer.targets = {product};
    summarize(answer, true);
    REQUIRE(answer.diff);
    CHECK(answer.diff->before == "App ({1}): 1.1.0\nOld App ({0}): 1.0.0\n");
    CHECK(answer.diff->after == "App ({2}): 2.0.0\nOld App ({0}): absent\n");
}

TEST_CASE("no diff is made unasked", "[contract]") {
    Answer answer;
    answer.targets = {row("a", Outcome::upgraded, "1.0", "2.0")};
    summarize(answer, false);
    CHECK_FALSE(answer.diff);
}

TEST_CASE("a refusal is a failed answer with the error and its sentence", "[contract]") {
    const ErrorDetail error{.kind = ErrorKind::access_denied, .attempted = "ask the host", .object = "hv1"};
    const Answer answer = refusal(error);
    CHECK(answer.failed);
    CHECK_FALSE(answer.changed);
    CHECK(answer.message == "Could not ask the host \"hv1\".");
    CHECK(answer.error == error);
}
