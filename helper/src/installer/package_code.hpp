// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace upshift {

/// A code as the installer may hand it over, as "{UPPER-CASE}": with braces, or packed to 32 digits as the
/// registry holds it and Wine 8.0 answers it. Empty where it is neither.
std::string normalized_code(std::string_view text);

}  // namespace upshift
