// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "contract/answer.hpp"

namespace upshift {

/// Two texts of one line per target, and one more for each further product that goes, in the same order, as
/// Ansible compares and prints them: `web01 (GUID): 9.0, off`. In check mode the second is what the plan
/// leads to.
Diff diff_of(const std::vector<TargetRow>& rows);

}  // namespace upshift
