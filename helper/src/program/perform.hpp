// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "machine/implementations.hpp"
#include "support/run_context.hpp"

namespace upshift {

/// Whether carrying the request out may alter anything.
bool can_change(const Request& request);

/// Picks the implementations that the request asks for into `implementations`, and has the feature do the
/// work. They stay the caller's because threads that a feature had to abandon may still use them. Throws what
/// the features throw, and OperationError where this build cannot do it: invalid_arguments where an argument
/// is missing for that, else not_supported.
Answer perform(const Request& request, Implementations& implementations, ProgressSink& progress,
               const std::stop_token& stop);

}  // namespace upshift
