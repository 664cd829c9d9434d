// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/crash.hpp"

#include <windows.h>

#include <csignal>

namespace upshift {

namespace {

using LastWords = void (*)();

/// The filter gets nothing of ours, so it has to find the words by itself.
LastWords& words_to_say() {
    static LastWords words = nullptr;
    return words;
}

LONG WINAPI handle_exception(EXCEPTION_POINTERS* /*exception*/) {
    words_to_say()();
    return EXCEPTION_EXECUTE_HANDLER;
}

void handle_abort(int /*signal*/) {
    words_to_say()();
}

}  // namespace

void before_a_crash(void (*last_words)()) {
    words_to_say() = last_words;
    // Room for the words where the stack is exhausted.
    ULONG reserve = 64 * 1024;
    ::SetThreadStackGuarantee(&reserve);
    ::SetUnhandledExceptionFilter(handle_exception);
    (void)std::signal(SIGABRT, handle_abort);
}

}  // namespace upshift
