// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "contract/request.hpp"
#include "support/error.hpp"
#include "support/version.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// Saved state goes as late as it can: what was in memory is lost for good.
enum class VmStep { shut_down, discard_checkpoints, discard_saved_state, upgrade, start };

enum class VmVerdict { unchanged, upgrade, skip, refuse };

/// What is to be done about one VM, and why.
struct VmPlan {
    VmVerdict verdict = VmVerdict::unchanged;
    std::optional<ConfigurationVersion> wanted;
    bool wants_default = true;          ///< the host's own default: no upgrade settings are sent
    std::string reason;                 ///< one sentence
    std::vector<VmStep> steps;          ///< in order; unless the verdict is upgrade, start at most
    std::vector<std::string> discards;  ///< the saved state those steps throw away, by name
    std::optional<ErrorDetail> error;   ///< set where the verdict is refuse

    bool plans(VmStep step) const { return std::find(steps.begin(), steps.end(), step) != steps.end(); }
};

/// Decides from what was observed and what is wanted; the rules stand in the order in which they count. A
/// pure function.
VmPlan plan_vm(const ObservedHost& host, const ObservedVm& vm, const VmVersionRequest& request);

/// For a VM that an earlier run left off: has it started again also where it is not upgraded, and says so.
/// Nothing is done for other VMs.
void start_if_left_off(VmPlan& plan, const ObservedHost& host, const ObservedVm& vm, bool restart);

/// The plan's reason once it was done: "would be started again" becomes "was started again".
std::string reason_when_started(const VmPlan& plan);

/// Saved state by name, as answers tell it.
std::string own_saved_state();
std::string saved_state_of(const SavedCheckpoint& checkpoint);

/// "a, b and c".
std::string enumerated(const std::vector<std::string>& parts);

}  // namespace upshift
