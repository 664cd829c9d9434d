// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vm_version/vm_run.hpp"

// Throwing saved state away. What is gone is told in VmRun::discarded, as it was read back.
namespace upshift {

/// Of every checkpoint that holds some; the checkpoints stay.
StepEnd discard_saved_checkpoints(VmRun& run);

/// Of the VM itself, which is off afterwards. One that is no longer in saved state is not touched: turning
/// off would hit whatever runs there now.
StepEnd discard_saved_state(VmRun& run);

}  // namespace upshift
