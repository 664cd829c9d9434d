// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace upshift {

/// The path from its root, with backslashes, as functions of Windows take it in every place.
std::wstring full_path(std::string_view path);

}  // namespace upshift
