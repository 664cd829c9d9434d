// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/file_journal.hpp"
#include "machine/machine.hpp"
#include "machine/steady_clock.hpp"

namespace upshift {

/// This computer.
class WindowsMachine : public Machine {
  public:
    Clock& clock() override { return clock_; }
    Journal& journal() override { return journal_; }
    bool installer_busy() override;
    std::vector<std::string> pending_reboots() override;

  private:
    SteadyClock clock_;
    FileJournal journal_;
};

}  // namespace upshift
