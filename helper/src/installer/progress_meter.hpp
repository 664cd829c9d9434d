// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace upshift {

/// Turns the installer's progress messages into a percentage ("Parsing Windows Installer Messages" and
/// "Handling Progress Messages Using MsiSetExternalUI").
class ProgressMeter {
  public:
    /// Fields 1 to 3 of an INSTALLMESSAGE_PROGRESS record.
    void progress(const std::array<int, 3>& fields);
    /// An INSTALLMESSAGE_ACTIONDATA message, which may stand for ticks as well.
    void action_data();

    /// 0 to 100; -1 before the total is known.
    int percent() const;

  private:
    std::int64_t total_ = 0;
    std::int64_t done_ = 0;
    std::int64_t ticks_per_action_data_ = 0;
};

}  // namespace upshift
