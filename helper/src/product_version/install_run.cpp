// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/install_run.hpp"

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "support/leave_running.hpp"

namespace upshift {

namespace {

/// What the installing thread and the waiting one share. Owned by both, so that either may end first.
class Installation : public InstallObserver {
  public:
    Installation(InstallOrder order, TargetPlace place, ProgressSink& progress)
        : order_(std::move(order)), place_(std::move(place)), progress_(&progress) {}

    /// On the installing thread.
    void carry_out(InstallEngine& engine) {
        Ending ending;
        try {
            ending = engine.install(order_, *this);
        } catch (...) {
            ending = std::current_exception();
        }
        {
            const std::lock_guard lock(mutex_);
            ending_ = std::move(ending);
        }
        ended_.request_stop();
    }

    std::stop_token ended() const { return ended_.get_token(); }
    void ask_to_cancel() { cancel_ = true; }

    /// Only after the end.
    InstallResult take_result() {
        const std::lock_guard lock(mutex_);
        if (const auto* error = std::get_if<std::exception_ptr>(&ending_)) {
            std::rethrow_exception(*error);
        }
        return std::move(std::get<InstallResult>(ending_));
    }

    /// From here on the installation is on its own, and may outlive the progress sink.
    void let_go() {
        const std::lock_guard lock(mutex_);
        progress_ = nullptr;
    }

    void action_started(const std::string& name) override {
        action_ = name;
        report();
    }
    void progressed(int percent) override {
        percent_ = percent;
        report();
    }
    bool cancel_requested() override { return cancel_; }

  private:
    using Ending = std::variant<InstallResult, std::exception_ptr>;

    void report() {
        const std::lock_guard lock(mutex_);
        if (progress_ != nullptr) {
            progress_->report(
                {ProgressEvent::Kind::step, place_.name, action_, place_.done, place_.total, percent_});
        }
    }

    const InstallOrder order_;
    const TargetPlace place_;
    std::atomic<bool> cancel_ = false;
    std::string action_;  ///< with percent_ the installing thread's own
    int percent_ = -1;
    std::stop_source ended_;
    std::mutex mutex_;
    ProgressSink* progress_;
    Ending ending_;
};

/// Until the installation ends, the time comes or the user stops the run.
void wait_for_end(const Installation& installation, Clock& clock, Clock::TimePoint deadline,
                  const std::stop_token& stop) {
    std::stop_source either;
    const auto wake = [&either] { either.request_stop(); };
    const std::stop_callback on_end(installation.ended(), wake);
    const std::stop_callback on_stop(stop, wake);
    clock.wait_until(deadline, either.get_token());
}

}  // namespace

InstallRun run_install(InstallEngine& engine, const InstallOrder& order, std::chrono::seconds timeout,
                       const TargetPlace& place, const RunContext& context) {
    const auto installation = std::make_shared<Installation>(order, place, context.progress);
    // Before the installation begins: its own time counts from the first moment.
    const auto deadline = context.clock.now() + timeout;
    std::thread worker([installation, &engine] { installation->carry_out(engine); });
    wait_for_end(*installation, context.clock, deadline, context.stop);
    InstallRun run{.result = std::nullopt,
                   .interruption = Interruption::none,
                   .timeout = timeout,
                   .abilities = engine.abilities()};
    if (!installation->ended().stop_requested()) {
        run.interruption = context.stop.stop_requested() ? Interruption::cancelled : Interruption::timeout;
        installation->ask_to_cancel();
        if (run.abilities.cancels) {
            context.clock.wait_until(context.clock.now() + cancel_grace, installation->ended());
        }
    }
    if (!installation->ended().stop_requested()) {
        installation->let_go();
        leave_running(std::move(worker));
        return run;
    }
    worker.join();
    run.result = installation->take_result();
    return run;
}

}  // namespace upshift
