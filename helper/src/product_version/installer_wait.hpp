// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "machine/machine.hpp"
#include "product_version/install_run.hpp"
#include "support/poller.hpp"

namespace upshift {

/// Waits while another installation holds the installer, all in all no longer than it may. What is installed
/// may be another thing after any wait.
class InstallerWait {
  public:
    enum class End { free_at_once, free_now, timed_out, stopped };

    /// Nothing is owned; all of it outlives the wait.
    InstallerWait(Machine& machine, std::chrono::seconds at_most, const TargetPlace& place,
                  const RunContext& context);

    /// Until nobody holds the installer.
    End until_free();
    /// After the installer answered that it is busy all the same (1618; facts: windows-installer, section
    /// 2.7): a pause, then until nobody holds it.
    End after_refusal();

  private:
    void report() const;

    Machine& machine_;
    const TargetPlace& place_;
    const RunContext& context_;
    Poller poller_;
};

}  // namespace upshift
