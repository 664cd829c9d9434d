// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "support/poller.hpp"
#include "support/run_context.hpp"
#include "vm_version/apply.hpp"
#include "vm_version/vm_calls.hpp"

namespace upshift {

/// Tells of one VM among those in work.
class VmProgress {
  public:
    VmProgress(ProgressSink& sink, std::string name, std::atomic<std::size_t>& done, std::size_t total)
        : sink_(sink), name_(std::move(name)), done_(done), total_(total) {}

    void begun() const { report(ProgressEvent::Kind::begun, "", -1); }
    void step(const std::string& text, int percent = -1) const {
        report(ProgressEvent::Kind::step, text, percent);
    }
    void finished(Outcome outcome) const {
        ++done_;
        report(ProgressEvent::Kind::finished, std::string(name_of(outcome)), -1);
    }

  private:
    void report(ProgressEvent::Kind kind, const std::string& text, int percent) const {
        sink_.report({kind, name_, text, done_, total_, percent});
    }

    ProgressSink& sink_;
    std::string name_;
    std::atomic<std::size_t>& done_;
    std::size_t total_;
};

/// Carries out the plan of one VM from shutdown to restart and reads back what came of it. Blocks until done,
/// until the VM's timeout, or until a stop is requested and the VM is brought to rest. Used once.
class VmUpgrade {
  public:
    struct Result {
        TargetRow row;
        std::vector<std::string> warnings;
    };

    VmUpgrade(const VmWork& work, const VmVersionRequest& request, const RunContext& context,
              const VmProgress& progress);

    /// `planned` is the row as the plan has it.
    Result run(TargetRow planned);

  private:
    void shut_down();
    void wait_for_guest();
    void upgrade();
    void await_upgrade_job(const cim::ObjectPath& job);
    void judge_by_version();
    void start_again();
    void read_back(TargetRow& row);
    void tell_outcome(TargetRow& row) const;

    /// Runs a step; what it throws becomes the VM's error.
    void attempt(const std::function<void()>& step);
    /// Keeps the first error; a later one becomes part of its cause.
    void fail(const ErrorDetail& detail);
    ErrorDetail told_to_stop(const std::string& attempted, const std::string& found) const;

    bool plans(VmStep step) const;
    Patience until(Clock::TimePoint deadline) const { return {context_.clock, deadline, context_.stop}; }
    /// For bringing a VM to rest after a stop was requested.
    Patience grace(std::chrono::seconds time);

    const VmWork& work_;
    const VmVersionRequest& request_;
    const RunContext& context_;
    const VmProgress& progress_;
    VmCalls calls_;
    ConfigurationVersion wanted_;  ///< every plan to upgrade has one
    Clock::TimePoint begun_;
    Clock::TimePoint deadline_;
    std::optional<ErrorDetail> error_;
    std::vector<std::string> warnings_;
    bool went_off_ = false;       ///< through us
    bool job_under_way_ = false;  ///< our upgrade job went on when the wait ended
    bool job_unknown_ = false;    ///< the wait broke off
    std::optional<Clock::TimePoint> stop_seen_;
    bool started_again_ = false;
};

}  // namespace upshift
