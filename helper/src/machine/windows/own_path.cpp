// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/own_path.hpp"

#include <windows.h>

namespace upshift {

std::wstring own_path() {
    constexpr std::size_t longest = 32768;  // "Maximum Path Length Limitation"
    std::wstring path(longest, L'\0');
    path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
    return path;
}

}  // namespace upshift
