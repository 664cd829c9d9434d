// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "contract/request.hpp"
#include "vm_version/observed.hpp"
#include "vm_version/selection.hpp"

namespace upshift {

/// Finds out which versions the other nodes support on which one of these VMs may have to run: from the hosts
/// of this run, and by asking those nodes whose build does not tell. With a request only for the VMs it would
/// upgrade. A node that cannot be asked has its error.
void ask_possible_owners(cim::CimConnector& connector, const std::vector<ObservedHost>& hosts,
                         const std::vector<SelectedVm>& vms, const VmVersionRequest* request);

}  // namespace upshift
