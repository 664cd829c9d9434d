// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/current_user.hpp"

#include <windows.h>

#include <cstddef>
#include <sddl.h>
#include <vector>

#include "machine/windows/unique_handle.hpp"

namespace upshift {

std::wstring current_user_sid() {
    KernelHandle token;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, token.receive()) == FALSE) {
        return {};
    }
    DWORD size = 0;
    GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
    std::vector<std::byte> buffer(size);
    if (GetTokenInformation(token.get(), TokenUser, buffer.data(), size, &size) == FALSE) {
        return {};
    }
    LPWSTR text = nullptr;
    if (ConvertSidToStringSidW(reinterpret_cast<TOKEN_USER*>(buffer.data())->User.Sid, &text) == FALSE) {
        return {};
    }
    std::wstring sid(text);
    LocalFree(text);
    return sid;
}

}  // namespace upshift
