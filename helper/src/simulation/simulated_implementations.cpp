// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_implementations.hpp"

#include <nlohmann/json.hpp>

#include "machine/steady_clock.hpp"
#include "simulation/simulated_installer.hpp"
#include "simulation/simulated_journal.hpp"
#include "simulation/simulated_session.hpp"
#include "simulation/simulation_file.hpp"
#include "simulation/state_file.hpp"
#include "simulation/vm_state.hpp"

namespace upshift {

namespace {

using simulation::CimModel;
using simulation::StateFile;
using simulation::VmState;
using simulation::WallTime;

/// The computer that a described host is reached from, or that the described products are on.
class SimulatedMachine : public Machine {
  public:
    SimulatedMachine(std::shared_ptr<SteadyClock> clock, std::shared_ptr<StateFile> state,
                     std::shared_ptr<simulation::SimulatedInstaller> installer)
        : clock_(std::move(clock)), journal_(std::move(state)), installer_(std::move(installer)) {}

    Clock& clock() override { return *clock_; }
    Journal& journal() override { return journal_; }
    bool installer_busy() override { return installer_->is_busy(); }
    std::vector<std::string> pending_reboots() override { return installer_->pending_reboots(); }

  private:
    std::shared_ptr<SteadyClock> clock_;
    simulation::SimulatedJournal journal_;
    std::shared_ptr<simulation::SimulatedInstaller> installer_;
};

CimModel::Store storing_in(const std::shared_ptr<VmState>& vms, bool is_writable) {
    if (!is_writable) {
        return {};
    }
    return [vms](const std::vector<simulation::DescribedVm>& changed) { vms->store(changed); };
}

simulation::SimulatedInstaller::Store storing_products_in(const std::shared_ptr<StateFile>& state) {
    if (!state->writable()) {
        return {};
    }
    return [state](const simulation::ProductChanges& changes) {
        state->store("products", simulation::product_state(changes));
    };
}

std::shared_ptr<simulation::FaultPlan> plan_faults(std::vector<simulation::DescribedFault> faults,
                                                   const std::shared_ptr<StateFile>& state) {
    if (faults.empty()) {
        return nullptr;
    }
    simulation::apply_fault_state(faults, *state);
    simulation::FaultPlan::Store store;
    if (state->writable()) {
        store = [state](const std::vector<simulation::DescribedFault>& rows) {
            state->store("faults", simulation::fault_state(rows));
        };
    }
    return std::make_shared<simulation::FaultPlan>(std::move(faults), std::move(store));
}

}  // namespace

Implementations simulated_implementations(const std::string& path, SimulationAccess access) {
    auto description = simulation::read_simulation_file(path);
    const auto state = std::make_shared<StateFile>(path, access);
    auto faults = plan_faults(std::move(description.faults), state);
    const auto clock = std::make_shared<SteadyClock>();
    const auto vms =
        std::make_shared<VmState>(state, WallTime(clock->now(), std::chrono::system_clock::now()));
    vms->apply(description.vms);
    const std::shared_ptr<simulation::SimulatedInstaller> installer(
        new simulation::SimulatedInstaller({std::move(description.products), std::move(description.packages),
                                            std::move(description.other_installations)},
                                           simulation::read_product_state(*state), storing_products_in(state),
                                           *clock),
        [clock](const simulation::SimulatedInstaller* done) { delete done; });
    const std::shared_ptr<CimModel> model(
        new CimModel(std::move(description), *clock, storing_in(vms, state->writable()),
                     std::make_shared<simulation::ModelProducts>(installer)),
        [clock](const CimModel* done) { delete done; });

    Implementations implementations;
    implementations.machine = std::make_unique<SimulatedMachine>(clock, state, installer);
    implementations.connector = std::make_unique<simulation::SimulatedConnector>(model, std::move(faults));
    implementations.reader = std::make_unique<simulation::SimulatedPackageReader>(installer);
    implementations.inventory = std::make_unique<simulation::SimulatedProductInventory>(installer);
    implementations.engine = std::make_unique<simulation::SimulatedInstallEngine>(installer);
    if (auto warning = state->warning()) {
        implementations.warnings.push_back(std::move(*warning));
    }
    return implementations;
}

}  // namespace upshift
