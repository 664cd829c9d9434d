// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "support/run_context.hpp"
#include "vm_version/observed.hpp"
#include "vm_version/plan.hpp"
#include "vm_version/vm_hosts.hpp"

namespace upshift {

/// One VM to be upgraded. Host and VM are not owned.
struct VmWork {
    std::size_t row = 0;  ///< its place among the answer's targets
    const ObservedHost* host = nullptr;
    const ObservedVm* vm = nullptr;
    VmPlan plan;
};

/// Carries the plans out, `parallel` VMs at once, and puts what came of each into its row of the answer.
/// Once a stop is requested no further VM is begun, and those begun are told of within ten seconds.
void apply_plans(const std::vector<VmWork>& work, VmHosts& hosts, const VmVersionRequest& request,
                 const RunContext& context, Answer& answer);

}  // namespace upshift
