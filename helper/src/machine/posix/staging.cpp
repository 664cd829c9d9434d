// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/staging.hpp"

#include "support/error.hpp"

namespace upshift {

Staged stage_this_program(const StageRequest& /*request*/) {
    throw OperationError({.kind = ErrorKind::not_supported,
                          .attempted = "place the helper",
                          .found = "this is the helper for Linux",
                          .needed = "upshift.exe on Windows"});
}

}  // namespace upshift
