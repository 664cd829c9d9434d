// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace upshift {

/// In lower-case hexadecimal. Throws OperationError where this Windows cannot.
std::string sha256_of(std::string_view bytes);

}  // namespace upshift
