// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "program/detached_runs.hpp"

namespace upshift {

/// Places this program where it stays. Throws OperationError.
Reply stage(const std::string& arguments);

}  // namespace upshift
