// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vm_version/vm_run.hpp"

namespace upshift {

/// RequestStateChange, its job, and the state read until it follows. Blocks until then, also when a stop is
/// requested (for seconds at most). A call that broke off may have run: the state decides, it is never sent
/// again here. Throws OperationError, not_found, where the VM is gone.
StepEnd change_power(VmRun& run, PowerRequest power, const char* attempted);

/// Starts the VM again that this run has shut down.
StepEnd start_again(VmRun& run);

}  // namespace upshift
