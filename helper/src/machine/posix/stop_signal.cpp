// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/stop_signal.hpp"

#include <csignal>
#include <ctime>
#include <thread>
#include <unistd.h>
#include <utility>

#include "support/leave_running.hpp"

namespace upshift {

namespace {

bool is_ignored(int signal) {
    struct sigaction action{};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// A shell without job control starts background commands with SIGINT ignored; somebody who sends it to this
/// process by its number means it, so it is waited for all the same. An ignored SIGHUP is nohup's wish and
/// kept.
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    if (!is_ignored(SIGHUP)) {
        sigaddset(&signals, SIGHUP);
    }
    return signals;
}

void wait_for_signal(const sigset_t& signals) {
    int signal = 0;
    while (::sigwait(&signals, &signal) != 0) {
    }
}

/// True where a signal came in time. A wait cut short by the debugger counts as over: it ends nothing too
/// late.
bool wait_for_signal(const sigset_t& signals, std::chrono::seconds time) {
    const timespec limit{.tv_sec = static_cast<std::time_t>(time.count()), .tv_nsec = 0};
    return ::sigtimedwait(&signals, nullptr, &limit) > 0;
}

void watch(const sigset_t& signals, const std::stop_source& stop, const std::function<void()>& overdue) {
    wait_for_signal(signals);
    stop.request_stop();
    if (wait_for_signal(signals, stop_grace)) {
        std::this_thread::sleep_for(impatient_grace);
    }
    overdue();
}

}  // namespace

std::stop_token stop_on_signals(std::function<void()> overdue) {
    const sigset_t signals = stop_signals();
    // Threads started from here on inherit the mask, so the signals reach the watching thread alone.
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const std::stop_source stop;
    leave_running(std::thread(
        [signals, stop, overdue = std::move(overdue)]() mutable { watch(signals, stop, overdue); }));
    return stop.get_token();
}

void ask_this_process_to_stop() {
    (void)::kill(::getpid(), SIGTERM);
}

}  // namespace upshift
