// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/text.hpp"

#include <windows.h>

#include <algorithm>

namespace upshift::windows {

namespace {

/// As nearly all names, ids and versions are, of which there are thousands.
bool is_ascii(std::wstring_view text) {
    return std::all_of(text.begin(), text.end(), [](wchar_t c) { return c < 0x80; });
}

std::string as_ascii(std::wstring_view text) {
    std::string converted(text.size(), '\0');
    std::transform(text.begin(), text.end(), converted.begin(),
                   [](wchar_t c) { return static_cast<char>(c); });
    return converted;
}

}  // namespace

std::wstring wide(std::string_view text) {
    // NOLINTBEGIN(bugprone-suspicious-stringview-data-usage) the size goes with it
    const int size = static_cast<int>(text.size());
    std::wstring converted(
        static_cast<std::size_t>(::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)), L'\0');
    ::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, converted.data(),
                          static_cast<int>(converted.size()));
    // NOLINTEND(bugprone-suspicious-stringview-data-usage)
    return converted;
}

std::string narrow(std::wstring_view text) {
    if (is_ascii(text)) {
        return as_ascii(text);
    }
    // NOLINTBEGIN(bugprone-suspicious-stringview-data-usage) the size goes with it
    const int size = static_cast<int>(text.size());
    const int needed = ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
    std::string converted(static_cast<std::size_t>(needed), '\0');
    ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, converted.data(), needed, nullptr, nullptr);
    // NOLINTEND(bugprone-suspicious-stringview-data-usage)
    return converted;
}

}  // namespace upshift::windows
