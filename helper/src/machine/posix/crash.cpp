// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/crash.hpp"

#include <array>
#include <csignal>

namespace upshift {

namespace {

using LastWords = void (*)();

/// A signal handler gets nothing but the number, so it has to find the words by itself.
LastWords& words_to_say() {
    static LastWords words = nullptr;
    return words;
}

void handle(int /*signal*/) {
    words_to_say()();
}

/// A thread whose stack is exhausted can run a handler on another stack alone. This is the main thread's,
/// where the arguments are read and planned.
void give_handlers_a_stack() {
    static std::array<char, std::size_t{64} * 1024> memory{};
    const stack_t stack{.ss_sp = memory.data(), .ss_flags = 0, .ss_size = memory.size()};
    (void)::sigaltstack(&stack, nullptr);
}

bool is_taken(int signal) {
    struct sigaction action{};
    return ::sigaction(signal, nullptr, &action) != 0 || action.sa_handler != SIG_DFL;
}

}  // namespace

void before_a_crash(void (*last_words)()) {
    words_to_say() = last_words;
    give_handlers_a_stack();
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
        struct sigaction action{};
        action.sa_handler = handle;
        action.sa_flags = SA_ONSTACK;
        if (!is_taken(signal)) {
            ::sigaction(signal, &action, nullptr);
        }
    }
}

}  // namespace upshift
