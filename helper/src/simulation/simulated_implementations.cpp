// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_implementations.hpp"

#include "simulation/opened_simulation.hpp"
#include "simulation/simulated_journal.hpp"
#include "simulation/simulated_products.hpp"
#include "simulation/simulated_session.hpp"

namespace upshift {

namespace {

using simulation::StateFile;

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

}  // namespace

Implementations simulated_implementations(const std::string& path, SimulationAccess access) {
    const auto opened = simulation::open_simulation(path, access);
    Implementations implementations;
    implementations.machine =
        std::make_unique<SimulatedMachine>(opened.clock, opened.state, opened.installer);
    implementations.connector = std::make_unique<simulation::SimulatedConnector>(opened.model, opened.faults);
    implementations.reader = std::make_unique<simulation::SimulatedPackageReader>(opened.installer);
    implementations.inventory = std::make_unique<simulation::SimulatedProductInventory>(opened.installer);
    implementations.engine = std::make_unique<simulation::SimulatedInstallEngine>(opened.installer);
    if (auto warning = opened.state->warning()) {
        implementations.warnings.push_back(std::move(*warning));
    }
    return implementations;
}

}  // namespace upshift
