// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <catch2/catch.hpp>

#include "support/products.hpp"

using namespace upshift;
using test::Computer;
using test::installed_from;
using test::package_of;

namespace {

/// Version 1.0.0 is installed, 1.1.0 is offered, and the time passes by itself.
struct Waiting {
    Waiting() {
        computer.products = {installed_from(package_of("1.0.0"))};
        computer.add(package_of("1.1.0"));
    }

    TargetRow upgrade() {
        const std::jthread passing([this](const std::stop_token& done) {
            while (!done.stop_requested()) {
                computer.time.advance(std::chrono::milliseconds(500));
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
        return computer.upgrade(request).targets.front();
    }

    void answer_first(std::uint32_t code, int times = 1) {
        computer.when_installing = [this, code, times](const InstallOrder& order, InstallObserver&) {
            return computer.orders.size() <= static_cast<std::size_t>(times) ? InstallResult{.code = code}
                                                                             : computer.succeed(order);
        };
    }

    Computer computer;
    ProductVersionRequest request{.installer_timeout = std::chrono::seconds(600),
                                  .timeout = std::chrono::hours(24)};
};

}  // namespace

TEST_CASE("a package waits while another installation holds the installer", "[product_version]") {
    Waiting waiting;
    waiting.computer.busy_looks = 3;

    CHECK(waiting.upgrade().outcome == Outcome::upgraded);
    CHECK(waiting.computer.orders.size() == 1);
    CHECK(waiting.computer.events[1].text == "waiting for another installation");
}

TEST_CASE("what the other installation changed is planned for", "[product_version]") {
    Waiting waiting;
    waiting.computer.busy_looks = 2;
    waiting.computer.when_free = [&] { waiting.computer.products = {installed_from(package_of("1.1.0"))}; };

    const auto row = waiting.upgrade();
    CHECK(row.outcome == Outcome::unchanged);
    CHECK(waiting.computer.orders.empty());
}

TEST_CASE("1618 waits and tries again", "[product_version]") {
    Waiting waiting;
    waiting.answer_first(1618, 2);

    CHECK(waiting.upgrade().outcome == Outcome::upgraded);
    CHECK(waiting.computer.orders.size() == 3);
    CHECK(waiting.computer.notes.entries.empty());
}

TEST_CASE("an installer that stays busy is told at installer_timeout, and nothing was begun",
          "[product_version]") {
    Waiting waiting;
    waiting.request.installer_timeout = std::chrono::seconds(5);
    SECTION("because the mutex is held") {
        waiting.computer.busy_looks = 1000000;
    }
    SECTION("because it answers so") {
        waiting.answer_first(1618, 1000000);
    }

    const auto row = waiting.upgrade();
    CHECK(row.outcome == Outcome::failed);
    CHECK_FALSE(row.changed);
    CHECK(row.version == "1.0.0");
    CHECK(row.error->kind == ErrorKind::busy);
    CHECK(row.error->symbol == "ERROR_INSTALL_ALREADY_RUNNING");
    CHECK(row.error->found == "another installation is running, and did not end within installer_timeout");
    CHECK(waiting.computer.notes.entries.empty());
}

TEST_CASE("installer_timeout 0 does not wait", "[product_version]") {
    Waiting waiting;
    waiting.request.installer_timeout = std::chrono::seconds(0);
    waiting.computer.busy_looks = 1000;

    CHECK(waiting.upgrade().error->kind == ErrorKind::busy);
    CHECK(waiting.computer.busy_looks >= 998);
}

TEST_CASE("a run that is told to stop while it waits skips the package", "[product_version]") {
    Waiting waiting;
    waiting.computer.busy_looks = 1000000;
    waiting.computer.when_reported = [&](const ProgressEvent& event) {
        if (event.kind == ProgressEvent::Kind::step) {
            waiting.computer.stop.request_stop();
        }
    };
    const auto row = waiting.upgrade();
    CHECK(row.outcome == Outcome::skipped);
    CHECK(row.reason == "It was not begun: the run was told to stop.");
    CHECK_FALSE(row.changed);
}

TEST_CASE("1638 looks again, once", "[product_version]") {
    Waiting waiting;
    SECTION("and finds what somebody else installed meanwhile") {
        waiting.computer.when_installing = [&](const InstallOrder&, InstallObserver&) {
            waiting.computer.products = {installed_from(package_of("1.1.0"))};
            return InstallResult{.code = 1638};
        };
        CHECK(waiting.upgrade().outcome == Outcome::unchanged);
    }
    SECTION("and tells it where nothing has changed") {
        waiting.answer_first(1638, 1000);
        const auto row = waiting.upgrade();
        CHECK(row.error->symbol == "ERROR_PRODUCT_VERSION");
    }
    CHECK(waiting.computer.orders.size() == 1);
}
