// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/standard_error.hpp"

#include <windows.h>

#include <new>
#include <string>

#include "machine/windows/text.hpp"

namespace upshift {

namespace {

HANDLE standard_error() {
    return ::GetStdHandle(STD_ERROR_HANDLE);
}

bool is_console(HANDLE handle) {
    DWORD mode = 0;
    return ::GetConsoleMode(handle, &mode) != FALSE;
}

/// A console shows bytes by its code page; only its wide function shows every name.
bool write_to_console(HANDLE console, std::string_view text) noexcept {
    try {
        const std::wstring converted = windows::wide(text);
        DWORD written = 0;
        return ::WriteConsoleW(console, converted.data(), static_cast<DWORD>(converted.size()), &written,
                               nullptr) != FALSE;
    } catch (const std::bad_alloc&) {
        return false;
    }
}

bool environment_says(const wchar_t* name, const std::wstring& value) {
    std::wstring found(value.size() + 2, L'\0');
    const DWORD length = ::GetEnvironmentVariableW(name, found.data(), static_cast<DWORD>(found.size()));
    return length == value.size() && found.compare(0, length, value) == 0;
}

/// NO_COLOR counts with any value but the empty one (no-color.org).
bool colour_is_wanted() {
    return ::GetEnvironmentVariableW(L"NO_COLOR", nullptr, 0) <= 1 && !environment_says(L"TERM", L"dumb");
}

/// Consoles before Windows 10 1511 know no escape sequences.
bool understands_colour(HANDLE console) {
    DWORD mode = 0;
    return ::GetConsoleMode(console, &mode) != FALSE &&
           ::SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != FALSE;
}

}  // namespace

void write_standard_error(std::string_view text) noexcept {
    HANDLE handle = standard_error();
    if (is_console(handle) && write_to_console(handle, text)) {
        return;
    }
    while (!text.empty()) {
        DWORD written = 0;
        if (::WriteFile(handle, text.data(), static_cast<DWORD>(text.size()), &written, nullptr) == FALSE ||
            written == 0) {
            return;
        }
        text.remove_prefix(written);
    }
}

std::optional<TerminalTraits> standard_error_terminal() {
    HANDLE handle = standard_error();
    if (!is_console(handle)) {
        return std::nullopt;
    }
    TerminalTraits traits{.colour = colour_is_wanted() && understands_colour(handle)};
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (::GetConsoleScreenBufferInfo(handle, &info) != FALSE && info.srWindow.Right > info.srWindow.Left) {
        traits.columns = static_cast<std::size_t>(info.srWindow.Right - info.srWindow.Left) + 1;
    }
    return traits;
}

}  // namespace upshift
