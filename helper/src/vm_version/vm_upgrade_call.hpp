// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vm_version/vm_run.hpp"

namespace upshift {

/// UpgradeSystemVersion, its job, and the version read back, which has the last word. Blocks until the job
/// has ended, until the VM's deadline, or until a stop is requested: then VmRun::job_under_way is set, and
/// the job goes on.
StepEnd upgrade_version(VmRun& run);

}  // namespace upshift
