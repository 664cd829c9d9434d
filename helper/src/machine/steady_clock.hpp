// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>

#include "support/run_context.hpp"

namespace upshift {

/// Real time.
class SteadyClock : public Clock {
  public:
    TimePoint now() const override { return std::chrono::steady_clock::now(); }
    void wait_until(TimePoint time, const std::stop_token& stop) override;

  private:
    std::mutex mutex_;
    std::condition_variable_any never_notified_;
};

}  // namespace upshift
