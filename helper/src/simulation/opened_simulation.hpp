// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "machine/steady_clock.hpp"
#include "simulation/cim_model.hpp"
#include "simulation/fault_plan.hpp"
#include "simulation/simulated_implementations.hpp"
#include "simulation/simulated_installer.hpp"
#include "simulation/state_file.hpp"

namespace upshift::simulation {

/// What a simulation file describes, as earlier runs left it. Model and installer keep the clock alive.
struct OpenedSimulation {
    std::shared_ptr<SteadyClock> clock;
    std::shared_ptr<StateFile> state;
    std::shared_ptr<CimModel> model;
    std::shared_ptr<FaultPlan> faults;  ///< nullptr: none are planned
    std::shared_ptr<SimulatedInstaller> installer;
};

/// Throws OperationError as simulated_implementations does.
OpenedSimulation open_simulation(const std::string& path, SimulationAccess access);

}  // namespace upshift::simulation
