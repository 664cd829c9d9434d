// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/state_folder.hpp"

#include <windows.h>

#include <aclapi.h>
#include <algorithm>
#include <memory>
#include <sddl.h>
#include <shlobj.h>
#include <system_error>

#include "machine/windows/current_user.hpp"
#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"
#include "machine/windows/unique_handle.hpp"

namespace upshift {

namespace {

namespace fs = std::filesystem;

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
constexpr const wchar_t* for_administrators = L"D:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)";

void make_folder(const fs::path& path, bool for_administrators_alone) {
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
void refuse_folder_of_others(const fs::path& path) {
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

FileHandle open(const fs::path& path, DWORD access, DWORD disposition) {
    FileHandle file(CreateFileW(path.c_str(), access, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                                disposition, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!file) {
        fail("CreateFile");
    }
    return file;
}

/// FOLDERID_ProgramData ("KNOWNFOLDERID"). The library that has it by name brings 40 kB of others along.
constexpr GUID program_data_folder{
    0x62AB5D82, 0xFDC1, 0x4DC3, {0xA9, 0xDD, 0x07, 0x0D, 0x1D, 0x49, 0x5D, 0x97}};

}  // namespace

StatePlace state_place() {
    if (const auto chosen = environment(L"UPSHIFT_STATE_DIR"); !chosen.empty()) {
        return {fs::path(chosen), true};
    }
    PWSTR found = nullptr;
    const HRESULT result = SHGetKnownFolderPath(program_data_folder, 0, nullptr, &found);
    const std::unique_ptr<wchar_t, void (*)(void*)> program_data(found, CoTaskMemFree);
    if (FAILED(result)) {
        ErrorDetail detail = system_error(static_cast<std::uint32_t>(result));
        detail.attempted = "find a folder for the journal";
        detail.hint = "Set UPSHIFT_STATE_DIR.";
        throw OperationError(detail);
    }
    return {fs::path(program_data.get()) / L"Upshift" / L"state", false};
}

std::vector<std::string> StateFolder::files() const {
    std::vector<std::string> names;
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW((place_.path / L"*").c_str(), &found);
    if (search == INVALID_HANDLE_VALUE) {
        const DWORD error = GetLastError();
        if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND) {
            return names;
        }
        fail("FindFirstFile", error);
    }
    do {
        std::string name = windows::narrow(found.cFileName);
        if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0 && !name.ends_with(".new")) {
            names.push_back(std::move(name));
        }
    } while (FindNextFileW(search, &found) != FALSE);
    FindClose(search);
    std::sort(names.begin(), names.end());
    return names;
}

std::string StateFolder::read(const std::string& name) const {
    const auto file = open(place_.path / windows::wide(name), GENERIC_READ, OPEN_EXISTING);
    constexpr std::size_t piece = 4096;
    std::string text;
    DWORD size = 0;
    do {
        const auto before = text.size();
        text.resize(before + piece);
        if (ReadFile(file.get(), text.data() + before, piece, &size, nullptr) == FALSE) {
            fail("ReadFile");
        }
        text.resize(before + size);
    } while (size > 0);
    return text;
}

std::unique_ptr<FileLock> StateFolder::write(const std::string& name, std::string_view text) const {
    const bool ours_alone = !place_.chosen;
    for (const auto& folder : {place_.path.parent_path(), place_.path}) {
        make_folder(folder, ours_alone);
        if (ours_alone) {
            refuse_folder_of_others(folder);
        }
    }
    const auto path = place_.path / windows::wide(name);
    auto temporary = path;
    temporary += L".new";
    {
        const auto file = open(temporary, GENERIC_WRITE, CREATE_ALWAYS);
        DWORD written = 0;
        if (WriteFile(file.get(), text.data(), static_cast<DWORD>(text.size()), &written, nullptr) == FALSE ||
            FlushFileBuffers(file.get()) == FALSE) {
            fail("WriteFile");
        }
    }
    auto lock = try_lock_file(temporary);
    if (MoveFileExW(temporary.c_str(), path.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) ==
        FALSE) {
        fail("MoveFileEx");
    }
    return lock;
}

void StateFolder::remove(const std::string& name) const {
    if (DeleteFileW((place_.path / windows::wide(name)).c_str()) == FALSE &&
        GetLastError() != ERROR_FILE_NOT_FOUND && GetLastError() != ERROR_PATH_NOT_FOUND) {
        fail("DeleteFile");
    }
}

}  // namespace upshift
