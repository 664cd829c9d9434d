// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "program/exit_code.hpp"
#include "program/run_ledger.hpp"

using namespace upshift;

namespace {

class NoDisplay : public ProgressSink {
  public:
    void report(const ProgressEvent& /*event*/) override {}
};

struct LedgerOf {
    explicit LedgerOf(bool can_change) { ledger.begin(display, can_change); }
    void begun(const std::string& name) {
        ledger.report({.kind = ProgressEvent::Kind::begun, .target = name});
    }
    void finished(const std::string& name, const std::string& outcome) {
        ledger.report({.kind = ProgressEvent::Kind::finished, .target = name, .text = outcome});
    }

    NoDisplay display;
    RunLedger ledger;
};

}  // namespace

TEST_CASE("a run that has begun nothing has changed nothing", "[run_ledger]") {
    CHECK_FALSE(LedgerOf(true).ledger.may_have_changed());
}

TEST_CASE("a target in work may have been changed", "[run_ledger]") {
    LedgerOf run(true);
    run.begun("web01");
    CHECK(run.ledger.may_have_changed());
    run.finished("web01", "unchanged");
    CHECK_FALSE(run.ledger.may_have_changed());
}

TEST_CASE("an upgraded target stays changed, and a failed one may be", "[run_ledger]") {
    for (const auto* outcome : {"upgraded", "installed", "failed"}) {
        LedgerOf run(true);
        run.begun("web01");
        run.finished("web01", outcome);
        CHECK(run.ledger.may_have_changed());
    }
}

TEST_CASE("a run that only looks never says that it changed something", "[run_ledger]") {
    LedgerOf run(false);
    run.begun("web01");
    CHECK_FALSE(run.ledger.may_have_changed());
}

TEST_CASE("the answer of a run that hangs has a row for each target begun", "[run_ledger]") {
    LedgerOf run(true);
    run.begun("web01");
    run.begun("web02");
    run.finished("web01", "upgraded");
    const Answer answer = run.ledger.unfinished_answer();
    REQUIRE(answer.targets.size() == 2);
    CHECK(answer.targets[0].outcome == Outcome::upgraded);
    CHECK(answer.targets[0].changed);
    CHECK(answer.targets[1].outcome == Outcome::failed);
    CHECK(answer.targets[1].error->kind == ErrorKind::cancelled);
    CHECK((answer.changed && answer.failed));
    CHECK(answer.message ==
          "Could not stop in time the work on \"web02\": it is still running. Look at the state it is in "
          "before the "
          "next run.");
}

TEST_CASE("of two targets of one name each has its own row", "[run_ledger]") {
    LedgerOf run(true);
    run.begun("web");
    run.begun("web");
    run.finished("web", "upgraded");
    run.finished("web", "skipped");
    const Answer answer = run.ledger.unfinished_answer();
    CHECK(answer.targets[0].outcome == Outcome::upgraded);
    CHECK(answer.targets[1].outcome == Outcome::skipped);
}

TEST_CASE("exit codes tell failed from unusable, and changed on request", "[exit_code]") {
    CHECK(exit_code_of({.changed = true}, false) == 0);
    CHECK(exit_code_of({.changed = true}, true) == 2);
    CHECK(exit_code_of({.changed = false}, true) == 0);
    CHECK(exit_code_of({.changed = true, .failed = true}, true) == 1);
    CHECK(exit_code_of(refusal({.kind = ErrorKind::invalid_arguments}), true) == 64);
    CHECK(exit_code_of(refusal({.kind = ErrorKind::connection}), true) == 1);
}
