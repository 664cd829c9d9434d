// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contract/answer.hpp"
#include "vm_version/vm_run.hpp"

namespace upshift {

/// Tells in the row what came of the run. `row` has version and state as they were read back, or empty.
void tell_outcome(const VmRun& run, TargetRow& row);

}  // namespace upshift
