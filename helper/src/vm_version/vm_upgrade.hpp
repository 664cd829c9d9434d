// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "contract/answer.hpp"
#include "vm_version/vm_run.hpp"

namespace upshift {

/// Carries out the plan of one VM from shutdown to restart and reads back what came of it; plans anew after
/// every wait for somebody else. Used once, by one thread at a time.
class VmUpgrade {
  public:
    struct Result {
        TargetRow row;
        std::vector<std::string> warnings;
    };

    VmUpgrade(const VmWork& work, VmHosts& hosts, const VmVersionRequest& request, const RunContext& context,
              VmProgress progress);

    /// Blocks until done, until the VM's timeout, or until a stop is requested and the VM is brought to rest.
    void run();

    /// Whether its guest may still go off, after run(): somebody is to look at it until it no longer does.
    bool is_to_be_watched() const;
    /// Looks at it once, without waiting; starts it again if it went off.
    void look();

    /// Reads back what came of it. `planned` is the row as the plan has it.
    Result finish(TargetRow planned);

    bool has_failed() const { return run_.error.has_value(); }

  private:
    void carry_out();
    StepEnd do_steps();
    StepEnd do_step(VmStep step);
    bool look_again();
    bool plan_again();
    /// Otherwise the run has what became of it.
    bool is_to_be_upgraded();
    bool is_still_there() const;
    bool follow_it();
    void tell_where_it_is();
    void start_wherever_it_is();
    void bring_back();
    void read_back(TargetRow& row);

    VmRun run_;
    int moves_ = 0;
    bool is_begun_ = false;       ///< the jobs of others were looked for
    bool is_lost_ = false;        ///< on none of the run's hosts any more
    bool is_read_anew_ = false;   ///< where it was found
    int unexplained_rounds_ = 0;  ///< somebody was at work on it, and no job of theirs was to be seen
};

}  // namespace upshift
