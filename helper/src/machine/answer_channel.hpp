// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace upshift {

/// Standard output, kept for the one text this process has to say, and the way the process ends.
///
/// Make it first of all: from then on everybody else, children included, finds the null device where standard
/// output was, and file descriptors 0 to 2 are taken, so that no file opened later can be mistaken for one of
/// them.
class AnswerChannel {
  public:
    AnswerChannel() noexcept;
    AnswerChannel(const AnswerChannel&) = delete;
    AnswerChannel& operator=(const AnswerChannel&) = delete;

    /// Writes the text, in one piece and byte by byte as given, and ends the process at once: no destructor
    /// runs, threads that were abandoned end with it. Of several callers the first is heard, the others never
    /// return. Where the text cannot be written, standard error says why and the exit code is 1 in place of 0
    /// and 2.
    [[noreturn]] void end_process(std::string_view text, int exit_code) noexcept;

    /// From now on the text goes to a file in place of standard output. Made for this user alone, or emptied.
    /// False where that cannot be done; then everything stays as it was. Platform by platform.
    [[nodiscard]] bool redirect(const std::string& path) noexcept;

  private:
    /// Nothing where all was written, else the reason. Platform by platform, as is end_now.
    const char* write(std::string_view text) const noexcept;
    [[noreturn]] static void end_now(int exit_code) noexcept;

    std::intptr_t handle_ = -1;  ///< ours alone, never inherited; -1 where standard output was closed
    std::atomic_flag spoken_;
};

}  // namespace upshift
