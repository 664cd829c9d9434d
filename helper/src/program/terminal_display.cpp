// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/terminal_display.hpp"

#include <chrono>
#include <utility>

#include "contract/terminal_progress.hpp"
#include "machine/standard_error.hpp"

namespace upshift {

namespace {

TerminalTraits terminal() {
    return standard_error_terminal().value_or(TerminalTraits());
}

}  // namespace

TerminalDisplay::TerminalDisplay() : painter_([this](const std::stop_token& stop) { paint_until(stop); }) {}

void TerminalDisplay::report(const ProgressEvent& event) {
    const std::scoped_lock lock(mutex_);
    latest_ = event;
    reported_.notify_one();
}

void TerminalDisplay::finish(const Answer& answer) {
    painter_.request_stop();
    painter_.join();
    erase();
    write_standard_error(result_table(answer, terminal()));
}

void TerminalDisplay::paint_until(const std::stop_token& stop) {
    constexpr std::chrono::milliseconds between_paints{100};
    std::unique_lock lock(mutex_);
    while (reported_.wait(lock, stop, [&] { return latest_.has_value(); })) {
        const auto event = std::exchange(latest_, std::nullopt);
        lock.unlock();
        paint(event.value_or(ProgressEvent()));
        lock.lock();
        (void)reported_.wait_for(lock, stop, between_paints, [] { return false; });
    }
}

void TerminalDisplay::paint(const ProgressEvent& event) {
    std::string line = progress_line(event, terminal());
    if (line == painted_) {
        return;
    }
    const std::size_t before = display_width(painted_);
    const std::size_t now = display_width(line);
    const std::string rest(before > now ? before - now : 0, ' ');
    write_standard_error("\r" + line + rest);
    painted_ = std::move(line);
}

void TerminalDisplay::erase() {
    if (!painted_.empty()) {
        write_standard_error("\r" + std::string(display_width(painted_), ' ') + "\r");
    }
}

}  // namespace upshift
