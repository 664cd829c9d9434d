// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vm_version/vm_run.hpp"

namespace upshift {

/// Shuts the VM down through its guest, or hard where that is asked for and the guest does not do it. Blocks
/// until it is off or `shutdown_timeout` is over. A request cannot be taken back: where
/// VmRun::shutdown_asked is still set afterwards the guest may yet go off, and the VM is to be watched.
StepEnd shut_down(VmRun& run);

}  // namespace upshift
