// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/standard_error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace upshift {

namespace {

std::string_view environment(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe) nobody changes the environment of this process
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : value;
}

/// The locale's character set by the rule of POSIX: LC_ALL, then LC_CTYPE, then LANG.
bool locale_is_utf8() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        std::string value(environment(name));
        if (value.empty()) {
            continue;
        }
        std::ranges::transform(value, value.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return value.ends_with("utf-8") || value.ends_with("utf8");
    }
    return false;
}

std::size_t terminal_columns() {
    constexpr std::size_t usual = 80;
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : usual;
}

}  // namespace

void write_standard_error(std::string_view text) noexcept {
    while (!text.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return;
        }
    }
}

std::optional<TerminalTraits> standard_error_terminal() {
    if (::isatty(STDERR_FILENO) == 0) {
        return std::nullopt;
    }
    // no-color.org: any value but the empty one switches colour off.
    const bool colour = environment("NO_COLOR").empty() && environment("TERM") != "dumb";
    return TerminalTraits{.columns = terminal_columns(), .colour = colour, .utf8 = locale_is_utf8()};
}

}  // namespace upshift
