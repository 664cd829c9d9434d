// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"

namespace upshift::cim {

class ComProcess;

/// Connects to WMI over COM as the user of this process. A run is about this computer; another node of its
/// cluster can be connected to where the logon may go there. Nothing of COM is touched before the first
/// connection.
class ComConnector : public CimConnector {
  public:
    ComConnector() = default;
    ComConnector(const ComConnector&) = delete;
    ComConnector& operator=(const ComConnector&) = delete;
    ~ComConnector() override;

    /// This computer, by its name.
    std::vector<std::string> hosts() override;
    std::shared_ptr<CimSession> connect(const std::string& host, const std::string& cim_namespace) override;

  private:
    std::shared_ptr<ComProcess> process_;
};

}  // namespace upshift::cim
