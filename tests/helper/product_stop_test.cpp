// SPDX-License-Identifier: GPL-3.0-or-later
#include <future>
#include <thread>

#include <catch2/catch.hpp>

#include "support/products.hpp"

using namespace upshift;
using std::chrono::seconds;
using test::Computer;
using test::package_of;

namespace {

/// Packages that install for the first time, each in its turn.
struct Situation {
    Situation() {
        computer.add(package_of("1.0.0"));
        computer.add(package_of("2.0.0"));
        request.when_absent = WhenAbsent::install;
        request.timeout = seconds(100);
    }
    Answer upgrade() { return computer.upgrade(request); }

    Computer computer;
    ProductVersionRequest request;
};

void wait_until_asked_to_cancel(InstallObserver& observer) {
    while (!observer.cancel_requested()) {
        std::this_thread::yield();
    }
}

}  // namespace

TEST_CASE("an installation that listens is cancelled at its timeout, and the next one is done",
          "[product_version]") {
    Situation situation;
    situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver& observer) {
        if (order.path != package_of("1.0.0").path) {
            return situation.computer.succeed(order);
        }
        situation.computer.time.advance(seconds(100));
        wait_until_asked_to_cancel(observer);
        return InstallResult{.code = 1602};
    };

    const auto answer = situation.upgrade();
    const auto& error = *answer.targets[0].error;
    CHECK(error.kind == ErrorKind::timeout);
    CHECK(error.code == "1602");
    CHECK(error.found == "it took longer than timeout (100 s); the installer was asked to cancel, and did");
    CHECK(error.hint ==
          "The log named in the answer says what took so long. Raise timeout if it is to take longer.");
    CHECK(answer.targets[1].outcome == Outcome::installed);
}

TEST_CASE("an installation that fails on its own while it is cancelled is told with both",
          "[product_version]") {
    Situation situation;
    situation.computer.when_installing = [&](const InstallOrder&, InstallObserver& observer) {
        situation.computer.time.advance(seconds(100));
        wait_until_asked_to_cancel(observer);
        return InstallResult{.code = 1603};
    };
    const auto error = *situation.upgrade().targets[0].error;
    CHECK(error.kind == ErrorKind::timeout);
    CHECK(error.found ==
          "it took longer than timeout (100 s); the installer was asked to cancel, and answered: "
          "a fatal error occurred during the installation");
}

TEST_CASE("an installation that ends well within the grace counts", "[product_version]") {
    Situation situation;
    situation.computer.when_installing = [&](const InstallOrder& order, InstallObserver& observer) {
        situation.computer.time.advance(seconds(100));
        wait_until_asked_to_cancel(observer);
        return situation.computer.succeed(order);
    };
    CHECK(situation.upgrade().targets[0].outcome == Outcome::installed);
}

TEST_CASE("an installation that does not listen is told as going on, and nothing further is begun",
          "[product_version]") {
    Situation situation;
    std::promise<void> answered;
    std::promise<void> left;
    situation.computer.when_installing = [&](const InstallOrder&, InstallObserver& observer) {
        const auto may_end = answered.get_future();
        while (may_end.wait_for(seconds(0)) != std::future_status::ready) {
            situation.computer.time.advance(seconds(1));
            std::this_thread::yield();
        }
        observer.action_started("too late to be heard");
        left.set_value();
        return InstallResult{};
    };

    const auto answer = situation.upgrade();
    const auto heard = situation.computer.events.size();
    answered.set_value();
    left.get_future().wait();

    CHECK(answer.targets[0].error->kind == ErrorKind::timeout);
    CHECK(answer.targets[0].error->found ==
          "it took longer than timeout (100 s), and the installer did not cancel: the installation goes on");
    CHECK(answer.targets[1].outcome == Outcome::skipped);
    CHECK(answer.targets[1].reason == "It was not begun: an earlier installation still goes on.");
    CHECK(situation.computer.orders.size() == 1);
    CHECK(situation.computer.events.size() == heard);
}

TEST_CASE("a run told to stop cancels what is under way and begins nothing further", "[product_version]") {
    Situation situation;
    situation.computer.when_installing = [&](const InstallOrder&, InstallObserver& observer) {
        situation.computer.stop.request_stop();
        wait_until_asked_to_cancel(observer);
        return InstallResult{.code = 1602};
    };

    const auto answer = situation.upgrade();
    CHECK(answer.error->kind == ErrorKind::cancelled);
    CHECK(answer.targets[0].error->kind == ErrorKind::cancelled);
    CHECK(answer.targets[0].error->found ==
          "the run was told to stop; the installer was asked to cancel, and did");
    CHECK(answer.targets[0].error->hint == "Run this again to finish it.");
    CHECK(answer.targets[1].outcome == Outcome::skipped);
    CHECK(answer.targets[1].reason == "It was not begun: the run was told to stop.");
    CHECK(situation.computer.orders.size() == 1);
}

TEST_CASE("a run told to stop before it began installs nothing", "[product_version]") {
    Situation situation;
    situation.computer.stop.request_stop();

    const auto answer = situation.upgrade();
    CHECK(situation.computer.orders.empty());
    CHECK(answer.targets.size() == 2);
    CHECK(answer.failed);
}
