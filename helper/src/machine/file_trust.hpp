// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

// Who may alter a file or folder of Windows, judged from what its security descriptor says.
namespace upshift {

/// One entry of a discretionary access control list ("ACCESS_ALLOWED_ACE structure").
struct AccessEntry {
    bool allows = true;
    std::string sid;
    std::uint32_t mask = 0;
    bool inherit_only = false;  ///< it is about what comes to lie in the folder and not about the folder
};

struct FileSecurity {
    bool reparse_point = false;
    std::string owner;            ///< a security identifier
    bool has_access_list = true;  ///< without one everybody may do everything
    std::vector<AccessEntry> entries;
};

/// SYSTEM, Administrators and TrustedInstaller ("Well-known SIDs").
const std::vector<std::string>& trusted_owners();

/// Why somebody who is not trusted could put something else in its place, as in "it belongs to S-1-5-21-…";
/// empty where nobody can. An entry that denies is passed over: it takes nothing from those before it.
std::string weakness_of(const FileSecurity& security, const std::vector<std::string>& trusted);

}  // namespace upshift
