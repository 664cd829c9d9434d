// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/system_error.hpp"

#include <windows.h>

#include <array>
#include <string>

#include "machine/windows/text.hpp"

namespace upshift {

namespace {

std::string words_for(std::uint32_t code) {
    std::array<wchar_t, 512> text{};
    const DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr,
                                        code, 0, text.data(), static_cast<DWORD>(text.size()), nullptr);
    std::string words = windows::narrow({text.data(), length});
    words.erase(words.find_last_not_of(" .\r\n") + 1);
    return words;
}

}  // namespace

ErrorDetail system_error(std::uint32_t code) {
    ErrorDetail detail;
    detail.kind = code == ERROR_ACCESS_DENIED ? ErrorKind::access_denied : ErrorKind::failed;
    detail.found = words_for(code);
    detail.code = code_text(code);
    detail.code_family = "Windows";
    return detail;
}

}  // namespace upshift
