// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "machine/implementations.hpp"

namespace upshift {

/// What a run may do to the described host. A read-only one (information, check mode) writes no state and
/// waits for nobody; its implementations refuse every call that would change something.
enum class SimulationAccess { read_only, read_write };

/// All seams over the described host in that file (docs/contract.md, "Simulation file"). Throws
/// OperationError: invalid_arguments where the file is missing, is no simulation, or is wrong in a row that
/// the error names; busy where another run has held it for some seconds (read_write only).
Implementations simulated_implementations(const std::string& path, SimulationAccess access);

}  // namespace upshift
