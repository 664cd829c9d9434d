// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contract/answer.hpp"

namespace upshift {

/// 0; 1 where the run failed; 64 where the command line or the arguments could not be used; with
/// --detailed-exitcode 2 in place of 0 where something was changed.
int exit_code_of(const Answer& answer, bool detailed);

}  // namespace upshift
