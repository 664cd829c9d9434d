// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/answer_channel.hpp"
#include "program/run_ledger.hpp"

namespace upshift {

/// From now on a process that would die of a fault (an exception nobody catches, a crash) answers first. Both
/// are needed until the process ends.
void answer_on_faults(AnswerChannel& channel, const RunLedger& ledger);

}  // namespace upshift
