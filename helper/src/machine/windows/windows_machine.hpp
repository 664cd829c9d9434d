// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine.hpp"
#include "machine/steady_clock.hpp"

namespace upshift {

/// This computer.
class WindowsMachine : public Machine {
  public:
    Clock& clock() override { return clock_; }
    bool installer_busy() override;
    std::vector<std::string> pending_reboots() override;

  private:
    SteadyClock clock_;
};

}  // namespace upshift
