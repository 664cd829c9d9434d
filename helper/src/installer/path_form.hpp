// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift {

enum class PathForm {
    drive,           ///< X:\…
    unc,             ///< \\computer\share\…
    drive_relative,  ///< X:file, from the current folder of that drive
    root_relative,   ///< \folder\…, from the root of the current drive
    relative,        ///< from the current folder
    device,          ///< \\.\… and the rest of \\?\…
    url,
};

/// A path of Windows in its parts. "Naming Files, Paths, and Namespaces", Microsoft.
struct WindowsPath {
    PathForm form = PathForm::relative;
    std::string drive;       ///< "X:", for drive and drive_relative
    std::string computer;    ///< for unc
    std::string share;       ///< for unc; empty where the path ends before it
    bool names_file = true;  ///< for unc: something comes after the share
};

/// Understands both slashes, and \\?\X:\… and \\?\UNC\… as what they stand for.
WindowsPath parse_windows_path(std::string path);

}  // namespace upshift
