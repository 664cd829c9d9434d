// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "support/run_context.hpp"
#include "vm_version/vm_upgrade.hpp"

namespace upshift {

/// Watches the VMs whose guests were asked to shut down and did not go off in time: a request cannot be taken
/// back, so they may go off yet. One thread for all of them, begun with the first.
class LateGuests {
  public:
    using OnEnd = std::function<void(VmUpgrade&)>;

    LateGuests(Clock& clock, std::stop_token stop) : clock_(clock), stop_(std::move(stop)) {}

    LateGuests(const LateGuests&) = delete;
    LateGuests& operator=(const LateGuests&) = delete;
    ~LateGuests();

    /// Looks at it every second until it is no longer to be watched, then calls on_end, on the watching
    /// thread.
    void watch(std::unique_ptr<VmUpgrade> upgrade, OnEnd on_end);

    /// Blocks until nothing is watched any more. Throws what on_end has thrown. Afterwards nothing may be
    /// given to it.
    void finish();

  private:
    struct Watched {
        std::unique_ptr<VmUpgrade> upgrade;
        OnEnd on_end;
    };

    void work();
    void look_at(std::vector<Watched>& watched);
    /// Waits for the first one, or until there will be none.
    bool take_new_ones(std::vector<Watched>& watched);

    Clock& clock_;
    std::stop_token stop_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Watched> new_ones_;
    bool finishing_ = false;
    std::exception_ptr trouble_;
    std::jthread thread_;  ///< last, so that it ends before the rest does
};

}  // namespace upshift
