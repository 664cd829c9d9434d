// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "contract/answer.hpp"
#include "machine/run_folder.hpp"

namespace upshift {

RunRow run_row(const std::string& id, const KeptRun& run, bool cancelling);
/// With what it was asked and, where it has ended, what became of it.
RunRow listed_run_row(const std::string& id, const KeptRun& run, bool cancelling);

/// The answer about a run that has none of its own: it is not over, or it was lost, which is a failure.
Answer unfinished(RunRow row);

/// The answer with all of them.
Answer list_of_runs(std::vector<RunRow> rows);

}  // namespace upshift
