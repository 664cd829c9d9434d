// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace upshift {

struct StageRequest {
    std::string version;  ///< of the helper: digits, letters, dots, hyphens
    std::string sha256;   ///< of this program's file: 64 lower-case hexadecimal digits
};

struct Staged {
    std::string path;
    bool changed = false;
    std::vector<std::string> removed;  ///< names of the versions that were pruned
};

/// Copies this program to %ProgramData%\Upshift\bin\<version>-<sha256>\upshift.exe, where nobody but
/// administrators and SYSTEM can alter it; never over one that is there. Older versions, and others of the
/// same one, are removed unless they run. Safe beside others that do the same. Throws OperationError: the
/// file is not the one that was meant, somebody else could alter the place, it cannot be written. Platform by
/// platform; on Linux always not_supported.
Staged stage_this_program(const StageRequest& request);

}  // namespace upshift
