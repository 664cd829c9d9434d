// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vm_version/observed.hpp"

namespace upshift {

/// All VMs of a host whose session is open, with their checkpoints that hold saved state. Whether they are
/// clustered is not read here. Throws what CimSession throws.
std::vector<ObservedVm> read_vms(const ObservedHost& host);

/// All VMs that a session of root\HyperVCluster\v2 shows, with the node each is on.
std::vector<ObservedVm> read_cluster_vms(const ObservedHost& host);

/// One VM anew; nothing where the host does not have it (any more). What is known of its cluster stays.
std::optional<ObservedVm> read_again(const ObservedHost& host, const ObservedVm& vm);

}  // namespace upshift
