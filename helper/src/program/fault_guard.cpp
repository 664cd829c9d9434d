// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/fault_guard.hpp"

#include <cstdlib>
#include <exception>
#include <new>

#include "machine/crash.hpp"
#include "program/last_line.hpp"

/// What the C++ library calls for an exception that nobody catches, until set_terminate. Its own one prints
/// the name of the exception's type to standard error, and brings some 45 kB to spell it out; ours takes its
/// place when the program is linked.
// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) the library's name for it
void __gnu_cxx::__verbose_terminate_handler() {
    std::abort();
}

namespace upshift {

namespace {

struct Witnesses {
    AnswerChannel* channel = nullptr;
    const RunLedger* ledger = nullptr;
};

/// std::set_terminate passes nothing on to the handler, so it has to find its witnesses by itself.
Witnesses& witnesses() {
    static Witnesses both;
    return both;
}

LastReason reason_of_end() {
    try {
        if (std::current_exception()) {
            throw;
        }
    } catch (const std::bad_alloc&) {
        return LastReason::out_of_memory;
    } catch (...) {
        return LastReason::fault;
    }
    return LastReason::fault;
}

[[noreturn]] void answer_before_the_end() {
    const auto& [channel, ledger] = witnesses();
    if (channel == nullptr || ledger == nullptr) {
        std::_Exit(1);
    }
    channel->end_process(last_line(reason_of_end(), ledger->may_have_changed()), 1);
}

void answer_before_a_crash() {
    const auto& [channel, ledger] = witnesses();
    if (channel == nullptr || ledger == nullptr) {
        std::_Exit(1);
    }
    channel->end_process(last_line(LastReason::fault, ledger->may_have_changed()), 1);
}

}  // namespace

void answer_on_faults(AnswerChannel& channel, const RunLedger& ledger) {
    witnesses() = {.channel = &channel, .ledger = &ledger};
    std::set_terminate(answer_before_the_end);
    before_a_crash(answer_before_a_crash);
}

}  // namespace upshift
