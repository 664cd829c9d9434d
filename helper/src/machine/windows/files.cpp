// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/files.hpp"

#include <windows.h>

#include <algorithm>
#include <random>
#include <system_error>

#include "machine/windows/text.hpp"
#include "machine/windows/unique_handle.hpp"

namespace upshift {

namespace {

[[noreturn]] void fail(const char* call) {
    throw std::system_error(static_cast<int>(GetLastError()), std::system_category(), call);
}

FileHandle open(const std::string& path, DWORD access, DWORD disposition) {
    FileHandle file(CreateFileW(windows::wide(path).c_str(), access,
                                FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, disposition,
                                FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!file) {
        fail("CreateFile");
    }
    return file;
}

}  // namespace

std::string read_file(const std::string& path) {
    const auto file = open(path, GENERIC_READ, OPEN_EXISTING);
    constexpr DWORD piece = 64 * 1024;
    std::string text;
    DWORD size = 0;
    do {
        const auto before = text.size();
        text.resize(before + piece);
        // A pipe ends so, once its other end is closed.
        if (ReadFile(file.get(), text.data() + before, piece, &size, nullptr) == FALSE &&
            GetLastError() != ERROR_BROKEN_PIPE) {
            fail("ReadFile");
        }
        text.resize(before + size);
    } while (size > 0);
    return text;
}

void write_file(const std::string& path, std::string_view text, Flush flush) {
    const auto file = open(path, GENERIC_WRITE, CREATE_ALWAYS);
    while (!text.empty()) {
        constexpr std::size_t piece = std::size_t{1} << 20U;
        DWORD written = 0;
        if (WriteFile(file.get(), text.data(), static_cast<DWORD>(std::min(text.size(), piece)), &written,
                      nullptr) == FALSE) {
            fail("WriteFile");
        }
        text.remove_prefix(written);
    }
    if (flush == Flush::to_disk && FlushFileBuffers(file.get()) == FALSE) {
        fail("FlushFileBuffers");
    }
}

void rename_file(const std::string& from, const std::string& to, Flush flush) {
    const DWORD flags =
        MOVEFILE_REPLACE_EXISTING | (flush == Flush::to_disk ? DWORD{MOVEFILE_WRITE_THROUGH} : 0);
    if (MoveFileExW(windows::wide(from).c_str(), windows::wide(to).c_str(), flags) == FALSE) {
        fail("MoveFileEx");
    }
}

void delete_file(const std::string& path) {
    if (DeleteFileW(windows::wide(path).c_str()) == FALSE && GetLastError() != ERROR_FILE_NOT_FOUND &&
        GetLastError() != ERROR_PATH_NOT_FOUND) {
        fail("DeleteFile");
    }
}

bool file_exists(const std::string& path) {
    return GetFileAttributesW(windows::wide(path).c_str()) != INVALID_FILE_ATTRIBUTES;
}

std::string path_in(const std::string& folder, std::string_view name) {
    const bool has_separator = folder.ends_with('\\') || folder.ends_with('/');
    return std::string(folder).append(has_separator ? "" : "\\").append(name);
}

std::string temporary_folder() {
    std::wstring path(MAX_PATH + 1, L'\0');
    path.resize(GetTempPathW(static_cast<DWORD>(path.size()), path.data()));
    return windows::narrow(path);
}

unsigned random_number() {
    return std::random_device()();
}

}  // namespace upshift
