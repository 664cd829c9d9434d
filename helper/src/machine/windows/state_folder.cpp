// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/state_folder.hpp"

#include <windows.h>

#include <aclapi.h>
#include <algorithm>
#include <memory>
#include <sddl.h>
#include <system_error>

#include "machine/windows/current_user.hpp"
#include "machine/windows/secured_folder.hpp"
#include "machine/windows/text.hpp"
#include "support/error.hpp"

namespace upshift {

namespace {

struct LocalFreer {
    void operator()(void* memory) const { LocalFree(memory); }
};
using LocalMemory = std::unique_ptr<void, LocalFreer>;

[[noreturn]] void fail(const char* call, DWORD error = GetLastError()) {
    throw std::system_error(static_cast<int>(error), std::system_category(), call);
}

std::wstring environment(const wchar_t* name) {
    std::wstring value(GetEnvironmentVariableW(name, nullptr, 0), L'\0');
    value.resize(GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size())));
    return value;
}

/// Full access for administrators and SYSTEM, inherited by what comes to lie in it, and nothing inherited
/// from above ("Security Descriptor Definition Language").
constexpr const wchar_t* for_administrators = L"O:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)";

void make_folder(const std::wstring& path, bool for_administrators_alone) {
    SECURITY_ATTRIBUTES attributes{
        .nLength = sizeof(attributes), .lpSecurityDescriptor = nullptr, .bInheritHandle = FALSE};
    if (for_administrators_alone &&
        ConvertStringSecurityDescriptorToSecurityDescriptorW(
            for_administrators, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, nullptr) == FALSE) {
        fail("ConvertStringSecurityDescriptorToSecurityDescriptor");
    }
    const LocalMemory descriptor(attributes.lpSecurityDescriptor);
    if (CreateDirectoryW(path.c_str(), &attributes) == FALSE && GetLastError() != ERROR_ALREADY_EXISTS) {
        fail("CreateDirectory");
    }
}

/// Every user may make folders in %ProgramData%: one that was put there to be found by us is not used.
void refuse_folder_of_others(const std::wstring& path) {
    PSID owner = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const DWORD error = GetNamedSecurityInfoW(path.c_str(), SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION,
                                              &owner, nullptr, nullptr, nullptr, &descriptor);
    const LocalMemory memory(descriptor);
    if (error != ERROR_SUCCESS) {
        fail("GetNamedSecurityInfo", error);
    }
    if (IsWellKnownSid(owner, WinBuiltinAdministratorsSid) != FALSE ||
        IsWellKnownSid(owner, WinLocalSystemSid) != FALSE) {
        return;
    }
    LPWSTR text = nullptr;
    if (ConvertSidToStringSidW(owner, &text) == FALSE) {
        fail("ConvertSidToStringSid");
    }
    const LocalMemory text_memory(text);
    if (current_user_sid() != text) {
        fail("owner", ERROR_INVALID_OWNER);
    }
}

}  // namespace

StatePlace state_place() {
    if (const auto chosen = environment(L"UPSHIFT_STATE_DIR"); !chosen.empty()) {
        return {.path = windows::narrow(chosen), .chosen = true};
    }
    try {
        return {.path = windows::narrow(program_data_folder()) + R"(\Upshift\state)"};
    } catch (const OperationError& error) {
        ErrorDetail detail = error.detail();
        detail.attempted = "find a folder for the journal";
        detail.hint = "Set UPSHIFT_STATE_DIR.";
        throw OperationError(detail);
    }
}

void StateFolder::make() const {
    std::vector<std::wstring> folders{windows::wide(place_.path)};
    while (static_cast<int>(folders.size()) < place_.levels) {
        folders.push_back(folders.back().substr(0, folders.back().find_last_of(L"\\/")));
    }
    std::reverse(folders.begin(), folders.end());
    for (const auto& folder : folders) {
        make_folder(folder, !place_.chosen);
        if (!place_.chosen) {
            refuse_folder_of_others(folder);
        }
    }
}

std::vector<std::string> StateFolder::names() const {
    std::vector<std::string> names;
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(windows::wide(path_of("*")).c_str(), &found);
    if (search == INVALID_HANDLE_VALUE) {
        const DWORD error = GetLastError();
        if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND) {
            return names;
        }
        fail("FindFirstFile", error);
    }
    do {
        if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
            names.push_back(windows::narrow(found.cFileName));
        }
    } while (FindNextFileW(search, &found) != FALSE);
    FindClose(search);
    return names;
}

}  // namespace upshift
