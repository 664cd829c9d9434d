// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "cim/cim_session.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// Reads every host the connector knows and what clusters they are in, changing nothing. A host that cannot
/// be read has its error in its row and stops no other.
std::vector<ObservedHost> observe_hosts(cim::CimConnector& connector);

}  // namespace upshift
