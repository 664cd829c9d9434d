// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "cim/cim_session.hpp"
#include "simulation/cim_model.hpp"

namespace upshift::simulation {

/// Connects to the described hosts: asks the model, and turns its faults into OperationError.
class SimulatedConnector : public cim::CimConnector {
  public:
    explicit SimulatedConnector(std::shared_ptr<CimModel> model) : model_(std::move(model)) {}

    std::vector<std::string> hosts() override { return model_->hosts(); }
    std::shared_ptr<cim::CimSession> connect(const std::string& host,
                                             const std::string& cim_namespace) override;

  private:
    std::shared_ptr<CimModel> model_;
};

}  // namespace upshift::simulation
