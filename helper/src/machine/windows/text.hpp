// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace upshift::windows {

/// UTF-16 from UTF-8; bytes that are no UTF-8 become U+FFFD.
std::wstring wide(std::string_view text);

/// UTF-8 from UTF-16; a lone surrogate becomes U+FFFD.
std::string narrow(std::wstring_view text);

}  // namespace upshift::windows
