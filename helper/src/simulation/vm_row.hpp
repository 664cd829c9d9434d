// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "simulation/described_vm.hpp"
#include "simulation/wall_time.hpp"

// A VM as a row of the state file.
namespace upshift::simulation {

nlohmann::ordered_json state_row(const DescribedVm& vm, const WallTime& time);

/// Puts such a row into the VM that it is about. Throws nlohmann::ordered_json::exception where it is none.
void apply_state_row(DescribedVm& vm, nlohmann::ordered_json row, const WallTime& time);

}  // namespace upshift::simulation
