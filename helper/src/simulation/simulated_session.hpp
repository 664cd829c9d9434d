// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "cim/cim_session.hpp"
#include "simulation/cim_model.hpp"
#include "simulation/fault_plan.hpp"

namespace upshift::simulation {

/// Connects to the described hosts: asks the model, and turns its faults, and those that are planned, into
/// CimError. A call that is planned to hang never returns, and holds nothing but itself.
class SimulatedConnector : public cim::CimConnector {
  public:
    explicit SimulatedConnector(std::shared_ptr<CimModel> model, std::shared_ptr<FaultPlan> faults = nullptr)
        : model_(std::move(model)), faults_(std::move(faults)) {}

    std::vector<std::string> hosts() override { return model_->hosts(); }
    std::shared_ptr<cim::CimSession> connect(const std::string& host,
                                             const std::string& cim_namespace) override;

  private:
    std::shared_ptr<CimModel> model_;
    std::shared_ptr<FaultPlan> faults_;  ///< nullptr: none are planned
};

}  // namespace upshift::simulation
