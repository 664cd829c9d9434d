// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace upshift {

/// Says why a path could not be opened as a package; the installer has one code for all of it. `full` is the
/// path from its root. Throws OperationError always: package_unreadable, or package_invalid where the file
/// can be read.
[[noreturn]] void refuse_unopened_package(const std::string& path, const std::wstring& full,
                                          std::uint32_t installer_code);

/// Throws OperationError, package_unreadable, where a transform cannot even be read; otherwise nothing
/// happens.
void refuse_unreadable_transform(const std::string& path, const std::wstring& full);

}  // namespace upshift
