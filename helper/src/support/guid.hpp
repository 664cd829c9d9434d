// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace upshift {

/// Reads a GUID with or without braces, in any case; gives it in upper case without braces, as
/// Msvm_ComputerSystem.Name spells it (facts: hyperv, section 3). Anything else gives nothing.
std::optional<std::string> parse_guid(std::string_view text);

/// The same GUID as Windows Installer spells it: "{UPPER-CASE}".
std::string braced(std::string_view guid);

}  // namespace upshift
