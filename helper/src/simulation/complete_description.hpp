// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "simulation/simulation_file.hpp"

namespace upshift::simulation {

/// Fills in the defaults that depend on other rows (hosts, clusters, ids), and checks what rows say of each
/// other. Throws OperationError, invalid_arguments, naming the row of that file.
void complete(Description& description, const std::string& path);

/// Nodes and levels of clusters, and whether VMs are clustered. Hosts and their VMs are complete.
void complete_clusters(Description& description, const std::string& path);

}  // namespace upshift::simulation
