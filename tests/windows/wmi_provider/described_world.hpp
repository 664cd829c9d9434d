// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <string>
#include <string_view>

#include "simulation/opened_simulation.hpp"

namespace upshift::test_provider {

/// The hosts described by the file that UPSHIFT_WMI_SIMULATION names, opened on first use; read only where
/// UPSHIFT_WMI_READ_ONLY is set. This computer is the described host of its name.
class DescribedWorld {
  public:
    /// Throws WmiFailure, WBEM_E_INVALID_NAMESPACE where no file is named: nothing is installed here.
    static DescribedWorld& get();

    simulation::CimModel& model() { return *opened_.model; }
    /// The name of this computer as the description spells it.
    const std::string& this_computer() const { return this_computer_; }

    /// Makes a call of that kind, unless a fault is planned for it. Throws CimFault.
    template <typename Call>
    auto make(std::string_view kind, const std::string& subject, const std::string& host, const Call& call) {
        return opened_.faults ? opened_.faults->make(kind, subject, host, call) : call();
    }

  private:
    DescribedWorld(const std::string& file, SimulationAccess access);

    simulation::OpenedSimulation opened_;
    std::string this_computer_;
};

}  // namespace upshift::test_provider
