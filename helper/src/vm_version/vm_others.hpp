// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vm_version/vm_run.hpp"

namespace upshift {

enum class OthersEnd { nobody, waited, failed };

/// Waits until the jobs on this VM that the run did not begin have ended: a backup, a merge, an upgrade that
/// an earlier run left. After any wait the VM is to be read and planned anew. Where it failed, the VM has its
/// error; an earlier run's upgrade that goes on is VmRun::job_under_way.
OthersEnd await_others(VmRun& run);

}  // namespace upshift
