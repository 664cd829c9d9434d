// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/unopened_package.hpp"

#include <windows.h>

#include <optional>

#include "installer/unreachable_path.hpp"
#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"
#include "machine/windows/unique_handle.hpp"

namespace upshift {

namespace {

[[noreturn]] void refuse(ErrorKind kind, const std::string& path, ErrorDetail detail) {
    detail.kind = kind;
    detail.attempted = "read the package";
    detail.object = path;
    throw OperationError(detail);
}

bool exists(const std::wstring& path) {
    return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
}

/// The drives that this logon has, mapped ones included. Paths without a drive letter count as having one.
bool has_drive(const std::wstring& full) {
    const auto colon = full.find(L':');
    if (colon == std::wstring::npos || colon == 0) {
        return true;
    }
    const std::wstring root = full.substr(colon - 1, 2) + L"\\";
    return GetDriveTypeW(root.c_str()) != DRIVE_NO_ROOT_DIR;
}

/// The first part of the path that is not there; the root is not looked at.
std::string missing_part(const std::wstring& full) {
    std::wstring missing = full;
    while (true) {
        const auto end = missing.find_last_of(L'\\');
        if (end == std::wstring::npos || end < 3 || exists(missing.substr(0, end))) {
            return windows::narrow(missing);
        }
        missing.resize(end);
    }
}

ErrorDetail unreadable(const std::string& path, const std::wstring& full, DWORD code) {
    ErrorDetail detail = system_error(code);
    UnreachablePath unreachable{.path = path, .code = code, .drive_exists = has_drive(full)};
    if (code == ERROR_PATH_NOT_FOUND && unreachable.drive_exists) {
        unreachable.missing_part = missing_part(full);
    }
    const PathExplanation explained = explain(unreachable);
    detail.found = explained.found.empty() ? detail.found : explained.found;
    detail.hint = explained.hint;
    return detail;
}

std::optional<ErrorDetail> why_unreadable(const std::string& path, const std::wstring& full,
                                          const char* file) {
    const DWORD attributes = GetFileAttributesW(full.c_str());
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
        ErrorDetail detail;
        detail.found = "it is a folder";
        detail.needed = std::string("the path of an ") + file + " file";
        detail.hint = "Give the path of a file in it.";
        return detail;
    }
    const FileHandle opened(CreateFileW(full.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE,
                                        nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
    return opened ? std::nullopt : std::optional(unreadable(path, full, GetLastError()));
}

}  // namespace

void refuse_unreadable_transform(const std::string& path, const std::wstring& full) {
    if (auto detail = why_unreadable(path, full, ".mst")) {
        detail->kind = ErrorKind::package_unreadable;
        detail->attempted = "read the transform";
        detail->object = path;
        throw OperationError(*detail);
    }
}

void refuse_unopened_package(const std::string& path, const std::wstring& full,
                             std::uint32_t installer_code) {
    if (const auto detail = why_unreadable(path, full, ".msi or .msp")) {
        refuse(ErrorKind::package_unreadable, path, *detail);
    }
    ErrorDetail detail;
    detail.found = "it is no Windows Installer package or patch";
    detail.needed = "an .msi or .msp file";
    detail.code = code_text(installer_code);
    detail.code_family = "Windows Installer";
    detail.hint = "Get the file again and compare its checksum; it may be damaged or of another kind.";
    refuse(ErrorKind::package_invalid, path, detail);
}

}  // namespace upshift
