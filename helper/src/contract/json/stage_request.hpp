// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "machine/staging.hpp"

namespace upshift {

/// From {"version": …, "sha256": …}. Throws OperationError, invalid_arguments.
StageRequest parse_stage_request(std::string_view text);

}  // namespace upshift
