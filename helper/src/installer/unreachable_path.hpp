// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace upshift {

/// A path of Windows that could not be opened, and what is known of it.
struct UnreachablePath {
    std::string path;          ///< as it was given
    std::uint32_t code = 0;    ///< why, a code of Windows ("System Error Codes", Microsoft)
    bool drive_exists = true;  ///< whether this logon has the drive of a path such as X:\…
    std::string missing_part;  ///< the first part of the path that is not there; empty where that is unknown
};

/// What to tell a person of it.
struct PathExplanation {
    std::string found;  ///< what stood in the way; empty where Windows' own words for the code say it
    std::string hint;   ///< the way out, whole sentences
};

/// Why the path cannot be reached from this logon, and what can be done about it. Asks nothing of the
/// machine.
PathExplanation explain(const UnreachablePath& path);

}  // namespace upshift
