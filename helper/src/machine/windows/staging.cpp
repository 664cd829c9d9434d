// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/staging.hpp"

#include <windows.h>

#include <array>
#include <cwchar>
#include <system_error>

#include "machine/files.hpp"
#include "machine/run_folder.hpp"
#include "machine/windows/own_path.hpp"
#include "machine/windows/secured_folder.hpp"
#include "machine/windows/sha256.hpp"
#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"
#include "support/error.hpp"

namespace upshift {

namespace {

constexpr const wchar_t* file_name = L"\\upshift.exe";

OperationError error_with(const char* attempted, const std::wstring& path, DWORD code) {
    ErrorDetail detail = system_error(code);
    detail.attempted = attempted;
    detail.object = windows::narrow(path);
    return OperationError(detail);
}

OperationError not_the_one(const std::wstring& path, const std::string& found, const std::string& wanted) {
    return OperationError(
        {.kind = ErrorKind::failed,
         .attempted = "place the helper",
         .object = windows::narrow(path),
         .found = "its SHA-256 is " + found,
         .needed = wanted,
         .hint = "It was broken on the way, or something on this computer alters programs."});
}

void require_hash(const std::wstring& path, const std::string& bytes, const std::string& wanted) {
    const std::string found = sha256_of(bytes);
    if (found != wanted) {
        throw not_the_one(path, found, wanted);
    }
}

/// False where another one was quicker.
bool put_in_place(const std::wstring& path, const std::string& bytes, const std::string& sha256) {
    const std::wstring temporary = path + L"." + windows::wide(new_run_id(std::chrono::system_clock::now()));
    try {
        write_file(windows::narrow(temporary), bytes, Flush::to_disk);
        require_hash(temporary, read_file(windows::narrow(temporary)), sha256);
    } catch (const std::system_error& error) {
        DeleteFileW(temporary.c_str());
        throw error_with("write the helper to", path, static_cast<DWORD>(error.code().value()));
    }
    const bool placed = MoveFileExW(temporary.c_str(), path.c_str(), MOVEFILE_WRITE_THROUGH) != FALSE;
    const DWORD error = placed ? ERROR_SUCCESS : GetLastError();
    if (!placed) {
        DeleteFileW(temporary.c_str());
    }
    if (!placed && error != ERROR_ALREADY_EXISTS && error != ERROR_FILE_EXISTS) {
        throw error_with("write the helper to", path, error);
    }
    return placed;
}

bool exists(const std::wstring& path) {
    return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
}

std::vector<std::wstring> folders_in(const std::wstring& folder) {
    std::vector<std::wstring> names;
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW((folder + L"\\*").c_str(), &found);
    if (search == INVALID_HANDLE_VALUE) {
        return names;
    }
    do {
        const std::wstring name = found.cFileName;
        if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 && name != L"." && name != L"..") {
            names.push_back(name);
        }
    } while (FindNextFileW(search, &found) != FALSE);
    FindClose(search);
    return names;
}

/// Compares "1.10.0" with "1.9.2-<sha256>" by their numbers.
bool is_newer(const std::wstring& name, const std::wstring& version) {
    const auto numbers_of = [](const std::wstring& text) {
        std::array<unsigned long, 3> numbers{};
        const wchar_t* at = text.c_str();
        for (auto& number : numbers) {
            wchar_t* end = nullptr;
            number = std::wcstoul(at, &end, 10);
            at = *end == L'.' ? end + 1 : end;
        }
        return numbers;
    };
    return numbers_of(name) > numbers_of(version);
}

/// What runs cannot be deleted and stays for the next time.
std::vector<std::string> remove_older(const std::wstring& bin, const std::wstring& kept,
                                      const std::wstring& version) {
    std::vector<std::string> removed;
    for (const auto& name : folders_in(bin)) {
        std::wstring folder = bin;
        folder.append(L"\\").append(name);
        if (name != kept && !is_newer(name, version) &&
            (DeleteFileW((folder + file_name).c_str()) != FALSE || !exists(folder + file_name)) &&
            RemoveDirectoryW(folder.c_str()) != FALSE) {
            removed.push_back(windows::narrow(name));
        }
    }
    return removed;
}

}  // namespace

Staged stage_this_program(const StageRequest& request) {
    const std::wstring root = program_data_folder() + L"\\Upshift";
    const std::wstring bin = root + L"\\bin";
    const std::wstring name = windows::wide(request.version + "-" + request.sha256);
    const std::wstring folder = bin + L"\\" + name;
    Staged staged{.path = windows::narrow(folder + file_name)};
    const std::wstring self = own_path();
    const std::string bytes = read_file(windows::narrow(self));
    require_hash(self, bytes, request.sha256);
    for (const auto& place : {root, bin, folder}) {
        make_secured_folder(place);
        require_trusted(place);
    }
    staged.changed = !exists(folder + file_name) && put_in_place(folder + file_name, bytes, request.sha256);
    require_trusted(folder + file_name);
    require_hash(folder + file_name, read_file(staged.path), request.sha256);
    staged.removed = remove_older(bin, name, windows::wide(request.version));
    return staged;
}

}  // namespace upshift
