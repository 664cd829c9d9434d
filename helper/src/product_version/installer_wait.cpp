// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/installer_wait.hpp"

namespace upshift {

InstallerWait::InstallerWait(Machine& machine, std::chrono::seconds at_most, const TargetPlace& place,
                             const RunContext& context)
    : machine_(machine),
      place_(place),
      context_(context),
      poller_({context.clock, context.clock.now() + at_most, context.stop}) {}

InstallerWait::End InstallerWait::until_free() {
    if (!machine_.installer_busy()) {
        return End::free_at_once;
    }
    return after_refusal();
}

InstallerWait::End InstallerWait::after_refusal() {
    report();
    while (true) {
        switch (poller_.pause()) {
            case WaitEnd::timed_out:
                return End::timed_out;
            case WaitEnd::stopped:
                return End::stopped;
            case WaitEnd::over:
                break;
        }
        if (!machine_.installer_busy()) {
            return End::free_now;
        }
    }
}

void InstallerWait::report() const {
    context_.progress.report({ProgressEvent::Kind::step, place_.name, "waiting for another installation",
                              place_.done, place_.total, -1});
}

}  // namespace upshift
