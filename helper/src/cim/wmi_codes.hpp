// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "support/error.hpp"

namespace upshift::cim {

/// The error for a code that WMI answered with in place of a result. `attempted` completes "could not …".
OperationError wmi_error(std::uint32_t code, const std::string& attempted, const std::string& object);

}  // namespace upshift::cim
