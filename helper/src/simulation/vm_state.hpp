// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "simulation/described_vm.hpp"
#include "simulation/state_file.hpp"

namespace upshift::simulation {

/// What a run changed in the VMs, as rows of the state file: by host and id, so that other VMs can come and
/// go in the described file.
nlohmann::json vm_state_rows(const std::vector<DescribedVm>& vms);

/// Puts what earlier runs changed into the VMs. Rows of VMs that are no longer described are passed over.
void apply_vm_state(std::vector<DescribedVm>& vms, const StateFile& state);

}  // namespace upshift::simulation
