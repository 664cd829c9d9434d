// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/stop_signal.hpp"

#include <windows.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "support/leave_running.hpp"

namespace upshift {

namespace {

/// Closing a console leaves a process five seconds (Microsoft, "HandlerRoutine callback function").
constexpr std::chrono::seconds closing_grace{4};

/// What the console tells, waited for by one thread.
class ConsoleEvents {
  public:
    void tell(bool closing) {
        const std::scoped_lock lock(mutex_);
        ++told_;
        closing_ = closing_ || closing;
        changed_.notify_all();
    }

    void wait_for_first() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return told_ > 0; });
    }

    /// Until the grace is over, or a second event cuts it short.
    void wait_out_grace() {
        std::unique_lock lock(mutex_);
        const auto grace = closing_ ? closing_grace : stop_grace;
        if (changed_.wait_for(lock, grace, [&] { return told_ > 1; })) {
            lock.unlock();
            std::this_thread::sleep_for(impatient_grace);
        }
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int told_ = 0;
    bool closing_ = false;
};

/// SetConsoleCtrlHandler passes nothing on to the handler, so it has to find its events by itself.
ConsoleEvents& console_events() {
    static ConsoleEvents events;
    return events;
}

/// Runs on a thread that Windows makes. The process ends when it returns from one of the closing events.
BOOL WINAPI handle_console_event(DWORD event) {
    const bool closing = event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT;
    console_events().tell(closing);
    if (closing) {
        ::Sleep(INFINITE);
    }
    return TRUE;
}

}  // namespace

std::stop_token stop_on_signals(std::function<void()> overdue) {
    const std::stop_source stop;
    ConsoleEvents& events = console_events();
    leave_running(std::thread([stop, &events, overdue = std::move(overdue)] {
        events.wait_for_first();
        stop.request_stop();
        events.wait_out_grace();
        overdue();
    }));
    // Parents that start a process in a group of its own leave Ctrl-C switched off for it.
    ::SetConsoleCtrlHandler(nullptr, FALSE);
    ::SetConsoleCtrlHandler(handle_console_event, TRUE);
    return stop.get_token();
}

void ask_this_process_to_stop() {
    console_events().tell(false);
}

}  // namespace upshift
