// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "machine/file_trust.hpp"

namespace upshift {

/// What the descriptor of a file or folder says; links are not followed. Throws OperationError.
FileSecurity file_security(const std::wstring& path);

/// Throws OperationError, refused, where somebody who is not trusted could alter it.
void require_trusted(const std::wstring& path);

/// A folder that belongs to administrators and that users may read; nothing happens where it is there. Throws
/// OperationError.
void make_secured_folder(const std::wstring& path);

/// %ProgramData%. Throws OperationError.
std::wstring program_data_folder();

}  // namespace upshift
