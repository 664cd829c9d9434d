// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/secured_folder.hpp"

#include <windows.h>

#include <aclapi.h>
#include <memory>
#include <sddl.h>
#include <shlobj.h>

#include "machine/windows/current_user.hpp"
#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"

namespace upshift {

namespace {

struct LocalFreer {
    void operator()(void* memory) const { LocalFree(memory); }
};
using LocalMemory = std::unique_ptr<void, LocalFreer>;

/// Owned by administrators; full access for them and SYSTEM, reading and running for users, nothing inherited
/// from above ("Security Descriptor Definition Language").
constexpr const wchar_t* readable_by_users = L"O:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;FRFX;;;BU)";

OperationError error_with(const char* attempted, const std::wstring& path, DWORD code) {
    ErrorDetail detail = system_error(code);
    detail.attempted = attempted;
    detail.object = windows::narrow(path);
    if (code == ERROR_ACCESS_DENIED || code == ERROR_INVALID_OWNER || code == ERROR_PRIVILEGE_NOT_HELD) {
        detail.kind = ErrorKind::access_denied;
        detail.needed = "an administrator, with all rights (elevated)";
    }
    return OperationError(detail);
}

std::string text_of(PSID sid) {
    LPWSTR text = nullptr;
    if (sid == nullptr || ConvertSidToStringSidW(sid, &text) == FALSE) {
        return "";
    }
    const LocalMemory memory(text);
    return windows::narrow(text);
}

AccessEntry entry_at(PACL list, DWORD index) {
    void* found = nullptr;
    GetAce(list, index, &found);
    const auto* const header = static_cast<ACE_HEADER*>(found);
    AccessEntry entry{.allows = header->AceType == ACCESS_ALLOWED_ACE_TYPE,
                      .inherit_only = (header->AceFlags & INHERIT_ONLY_ACE) != 0};
    if (entry.allows) {
        auto* const allowed = static_cast<ACCESS_ALLOWED_ACE*>(found);
        entry.mask = allowed->Mask;
        entry.sid = text_of(&allowed->SidStart);
    }
    return entry;
}

/// Wine knows one user, to whom every file belongs.
bool is_wine() {
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
}

std::vector<std::string> trusted_here() {
    auto trusted = trusted_owners();
    if (is_wine()) {
        trusted.push_back(windows::narrow(current_user_sid()));
    }
    return trusted;
}

}  // namespace

FileSecurity file_security(const std::wstring& path) {
    FileSecurity security;
    const DWORD attributes = GetFileAttributesW(path.c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES) {
        throw error_with("look at the rights of", path, GetLastError());
    }
    security.reparse_point = (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
    PSID owner = nullptr;
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const DWORD error = GetNamedSecurityInfoW(path.c_str(), SE_FILE_OBJECT,
                                              OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner,
                                              nullptr, &list, nullptr, &descriptor);
    const LocalMemory memory(descriptor);
    if (error != ERROR_SUCCESS) {
        throw error_with("look at the rights of", path, error);
    }
    security.owner = text_of(owner);
    security.has_access_list = list != nullptr;
    for (DWORD index = 0; list != nullptr && index < list->AceCount; ++index) {
        security.entries.push_back(entry_at(list, index));
    }
    return security;
}

void require_trusted(const std::wstring& path) {
    const std::string weakness = weakness_of(file_security(path), trusted_here());
    if (!weakness.empty()) {
        throw OperationError(
            {.kind = ErrorKind::refused,
             .attempted = "use",
             .object = windows::narrow(path),
             .found = weakness,
             .needed = "one that belongs to SYSTEM, Administrators or TrustedInstaller and that "
                       "nobody else may alter",
             .hint = "Delete it, or give it to Administrators and take the rights of others away."});
    }
}

void make_secured_folder(const std::wstring& path) {
    SECURITY_ATTRIBUTES attributes{
        .nLength = sizeof(attributes), .lpSecurityDescriptor = nullptr, .bInheritHandle = FALSE};
    if (ConvertStringSecurityDescriptorToSecurityDescriptorW(
            readable_by_users, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, nullptr) == FALSE) {
        throw error_with("make the folder", path, GetLastError());
    }
    const LocalMemory memory(attributes.lpSecurityDescriptor);
    if (CreateDirectoryW(path.c_str(), &attributes) == FALSE && GetLastError() != ERROR_ALREADY_EXISTS) {
        throw error_with("make the folder", path, GetLastError());
    }
}

std::wstring program_data_folder() {
    // FOLDERID_ProgramData ("KNOWNFOLDERID"). The library that has it by name brings 40 kB of others along.
    constexpr GUID program_data{0x62AB5D82, 0xFDC1, 0x4DC3, {0xA9, 0xDD, 0x07, 0x0D, 0x1D, 0x49, 0x5D, 0x97}};
    PWSTR found = nullptr;
    const HRESULT result = SHGetKnownFolderPath(program_data, 0, nullptr, &found);
    const std::unique_ptr<wchar_t, void (*)(void*)> path(found, CoTaskMemFree);
    if (FAILED(result)) {
        throw error_with("find", L"%ProgramData%", static_cast<DWORD>(result));
    }
    return path.get();
}

}  // namespace upshift
