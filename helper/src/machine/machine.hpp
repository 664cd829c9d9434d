// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "machine/journal.hpp"
#include "support/run_context.hpp"

namespace upshift {

/// What the helper asks of the computer it runs on, beside products and VMs. The trust of a file joins here
/// when its feature does; five methods is the limit.
class Machine {
  public:
    Machine() = default;
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    virtual ~Machine() = default;

    virtual Clock& clock() = 0;

    /// What runs have begun, for the run after one that was killed.
    virtual Journal& journal() = 0;

    /// Whether another installation holds the installer now (the mutex Global\_MSIExecute; facts:
    /// windows-installer, section 2.7). A race by nature: the installer may still answer 1618.
    virtual bool installer_busy() = 0;

    /// Names of the places that ask for a restart (PendingFileRenameOperations and others; facts:
    /// windows-installer, section 2.6). Compare before and after; a restart asked for earlier is no reason to
    /// refuse.
    virtual std::vector<std::string> pending_reboots() = 0;
};

}  // namespace upshift
