// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/implementations.hpp"

#include "machine/file_journal.hpp"
#include "machine/steady_clock.hpp"

namespace upshift {

namespace {

/// A machine without Windows Installer: nothing installs, nothing asks for a restart.
class PosixMachine : public Machine {
  public:
    Clock& clock() override { return clock_; }
    Journal& journal() override { return journal_; }
    bool installer_busy() override { return false; }
    std::vector<std::string> pending_reboots() override { return {}; }

  private:
    SteadyClock clock_;
    FileJournal journal_;
};

}  // namespace

Implementations system_implementations() {
    Implementations implementations;
    implementations.machine = std::make_unique<PosixMachine>();
    return implementations;
}

}  // namespace upshift
