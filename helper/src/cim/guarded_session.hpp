// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cim/call_threads.hpp"
#include "cim/cim_session.hpp"
#include "support/run_context.hpp"

namespace upshift::cim {

/// A connector whose calls always come to an end, and whose reading calls outlast passing faults.
///
/// A call that has not returned within its limit is left behind on its thread and becomes a CimError,
/// timeout; so is one that goes on for some seconds after the run was told to stop, as cancelled. What reads
/// (connect, query, get, references) is repeated after a passing CimError, a few times in some ten seconds,
/// and not beyond the limit of a call; a method never is. Calls of one session come from different threads.
class GuardedConnector : public CimConnector {
  public:
    /// The clock is not owned; it paces the repetitions alone.
    GuardedConnector(std::shared_ptr<CimConnector> real, const CallLimits& limits, Clock& clock,
                     std::stop_token stop);

    std::vector<std::string> hosts() override { return real_->hosts(); }
    std::shared_ptr<CimSession> connect(const std::string& host, const std::string& cim_namespace) override;

    class Guard;

  private:
    std::shared_ptr<CimConnector> real_;
    std::shared_ptr<Guard> guard_;
};

}  // namespace upshift::cim
