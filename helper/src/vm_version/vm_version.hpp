// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cim/cim_session.hpp"
#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "support/run_context.hpp"

namespace upshift {

/// Brings the VMs of every host the connector knows to the wanted configuration version. In check mode the
/// plan is the answer. Blocks until all are done, or until stop is requested and what was begun is told.
/// Throws OperationError where the run could not begin; a target's failure is its row.
Answer upgrade_vms(const VmVersionRequest& request, const AnswerOptions& options,
                   cim::CimConnector& connector, const RunContext& context);

/// Everything that planning reads: hosts and VMs.
Answer list_vms(const VmInfoRequest& request, cim::CimConnector& connector, const RunContext& context);

}  // namespace upshift
