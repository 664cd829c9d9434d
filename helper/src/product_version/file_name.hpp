// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift {

/// The last part of a path, which may be spelled as Windows does it, whatever this system takes for a
/// separator.
inline std::string file_name(const std::string& path) {
    const auto slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace upshift
