// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "cim/cim_session.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// Adds the nodes that are none of this run's hosts, with their VMs as the cluster shows them: hosts that are
/// `elsewhere`. A cluster that cannot be looked at is added under its own name, with its error.
void add_vms_of_other_nodes(cim::CimConnector& connector, std::vector<ObservedHost>& hosts);

}  // namespace upshift
