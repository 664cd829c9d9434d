// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "cim/cim_session.hpp"
#include "contract/answer.hpp"
#include "vm_version/observed.hpp"
#include "vm_version/selection.hpp"

// What both operations read before anything is planned.
namespace upshift {

/// Reads the hosts of the run, and with `cluster` what their clusters show of other nodes. Throws
/// OperationError where none of the hosts can be read: there is nothing to answer about.
std::vector<ObservedHost> take_inventory(cim::CimConnector& connector, bool cluster);

/// Of the hosts of the run; those elsewhere have none.
std::vector<HostRow> host_rows(const std::vector<ObservedHost>& hosts);

std::vector<SelectedVm> places_of(const Selection& selection);

}  // namespace upshift
