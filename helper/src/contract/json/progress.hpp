// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "support/run_context.hpp"

namespace upshift {

/// One event as one JSON object of ASCII without a line feed: event (begun, step, finished), target, text,
/// done, total, and percent where it is known.
std::string to_json_line(const ProgressEvent& event);

}  // namespace upshift
