// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/answer_channel.hpp"

#include <chrono>
#include <thread>

#include "machine/standard_error.hpp"

namespace upshift {

namespace {

int code_without_answer(int exit_code) {
    constexpr int failed = 1;
    constexpr int changed = 2;
    return exit_code == 0 || exit_code == changed ? failed : exit_code;
}

[[noreturn]] void wait_for_the_end() noexcept {
    while (true) {
        std::this_thread::sleep_for(std::chrono::hours(1));
    }
}

}  // namespace

void AnswerChannel::end_process(std::string_view text, int exit_code) noexcept {
    if (spoken_.test_and_set()) {
        wait_for_the_end();
    }
    const char* reason = write(text);
    if (reason == nullptr) {
        end_now(exit_code);
    }
    write_standard_error("upshift: could not write the answer to standard output: ");
    write_standard_error(reason);
    write_standard_error("\n");
    end_now(code_without_answer(exit_code));
}

}  // namespace upshift
