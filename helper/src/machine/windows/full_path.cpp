// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/full_path.hpp"

#include <windows.h>

#include "machine/windows/text.hpp"

namespace upshift {

std::wstring full_path(std::string_view path) {
    const std::wstring given = windows::wide(path);
    std::wstring full(GetFullPathNameW(given.c_str(), 0, nullptr, nullptr), L'\0');
    full.resize(GetFullPathNameW(given.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr));
    return full.empty() ? given : full;
}

}  // namespace upshift
