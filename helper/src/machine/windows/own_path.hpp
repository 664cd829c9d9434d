// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift {

/// Of this program's file.
std::wstring own_path();

}  // namespace upshift
