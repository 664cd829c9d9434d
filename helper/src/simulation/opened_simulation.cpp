// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/opened_simulation.hpp"

#include <nlohmann/json.hpp>

#include "simulation/model_products.hpp"
#include "simulation/simulation_file.hpp"
#include "simulation/vm_state.hpp"

namespace upshift::simulation {

namespace {

CimModel::Store storing_in(const std::shared_ptr<VmState>& vms, bool is_writable) {
    if (!is_writable) {
        return {};
    }
    return [vms](const std::vector<DescribedVm>& changed) { vms->store(changed); };
}

SimulatedInstaller::Store storing_products_in(const std::shared_ptr<StateFile>& state) {
    if (!state->writable()) {
        return {};
    }
    return [state](const ProductChanges& changes) { state->store("products", product_state(changes)); };
}

std::shared_ptr<FaultPlan> plan_faults(std::vector<DescribedFault> faults,
                                       const std::shared_ptr<StateFile>& state) {
    if (faults.empty()) {
        return nullptr;
    }
    apply_fault_state(faults, *state);
    FaultPlan::Store store;
    if (state->writable()) {
        store = [state](const std::vector<DescribedFault>& rows) {
            state->store("faults", fault_state(rows));
        };
    }
    return std::make_shared<FaultPlan>(std::move(faults), std::move(store));
}

}  // namespace

OpenedSimulation open_simulation(const std::string& path, SimulationAccess access) {
    auto description = read_simulation_file(path);
    OpenedSimulation opened;
    opened.state = std::make_shared<StateFile>(path, access);
    opened.faults = plan_faults(std::move(description.faults), opened.state);
    opened.clock = std::make_shared<SteadyClock>();
    const auto clock = opened.clock;
    const auto vms =
        std::make_shared<VmState>(opened.state, WallTime(clock->now(), std::chrono::system_clock::now()));
    vms->apply(description.vms);
    opened.installer = std::shared_ptr<SimulatedInstaller>(
        new SimulatedInstaller({std::move(description.products), std::move(description.packages),
                                std::move(description.other_installations)},
                               read_product_state(*opened.state), storing_products_in(opened.state), *clock),
        [clock](const SimulatedInstaller* done) { delete done; });
    opened.model = std::shared_ptr<CimModel>(
        new CimModel(std::move(description), *clock, storing_in(vms, opened.state->writable()),
                     std::make_shared<ModelProducts>(opened.installer)),
        [clock](const CimModel* done) { delete done; });
    return opened;
}

}  // namespace upshift::simulation
