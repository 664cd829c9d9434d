// SPDX-License-Identifier: GPL-3.0-or-later
#include "environment.hpp"

#include <windows.h>

namespace upshift::test_provider {

std::wstring environment(const wchar_t* name) {
    std::wstring value(::GetEnvironmentVariableW(name, nullptr, 0), L'\0');
    value.resize(::GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size())));
    return value;
}

}  // namespace upshift::test_provider
