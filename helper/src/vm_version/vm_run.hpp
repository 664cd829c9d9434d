// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cim/job.hpp"
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

// What could not be done, as errors tell it.
namespace attempts {
constexpr const char* upgrading = "upgrade the virtual machine";
constexpr const char* shutting_down = "shut down the virtual machine";
constexpr const char* turning_off = "turn off the virtual machine";
constexpr const char* discarding = "discard the saved state of the virtual machine";
constexpr const char* discarding_checkpoint =
    "discard the saved state of a checkpoint of the virtual machine";
constexpr const char* starting = "start the virtual machine again";
}  // namespace attempts

/// How a step of one VM ended. look_again: it did nothing, since somebody else is at work on the VM or it is
/// not as it was read; it is to be read and planned anew.
enum class StepEnd { done, failed, look_again };

/// One VM on its way from shutdown to restart: what its steps share, and what they leave behind for its row.
/// Each step is a function of its own (vm_shutdown.hpp and so on). One thread at a time.
struct VmRun {
    VmRun(const VmWork& work, VmHosts& all_hosts, const VmVersionRequest& asked, const RunContext& around,
          VmProgress teller);

    VmHosts& hosts;
    const VmVersionRequest& request;
    const RunContext& context;
    VmProgress progress;
    const ObservedHost* host;  ///< where it is
    ObservedVm vm;             ///< as read last as a whole
    VmPlan plan;               ///< for it as it was read last
    Clock::TimePoint begun;
    Clock::TimePoint deadline;

    std::optional<ErrorDetail> error;
    std::vector<std::string> warnings;
    std::vector<std::string> discarded;  ///< read back as gone
    bool noted_before = false;           ///< an earlier run began to shut it down, and owes it a start
    bool earlier_job_ended = false;      ///< the upgrade job of an earlier run, while we waited for it
    bool left_off = false;               ///< through that: it is off
    bool shutdown_asked = false;         ///< of its guest, by us, and it was not seen off since
    bool went_off = false;               ///< through us
    bool went_off_late = false;          ///< after the run had given it up
    bool forced_off = false;             ///< hard
    bool started_again = false;          ///< by us
    bool job_under_way = false;  ///< our upgrade job, or an earlier run's, went on when the wait ended
    bool job_unknown = false;    ///< nobody knows whether it did
    std::optional<cim::ObjectPath> upgrade_job;  ///< ours, waited for last
    bool through_cluster = false;                ///< root\HyperVCluster\v2 had to take the upgrade
    bool reached_by_others = false;              ///< the wanted version, while we waited
    bool is_kept_for_next_run = false;           ///< the journal has that it is to be started again
    std::optional<std::string> skipped;          ///< planned anew, it was to be skipped: why
    std::optional<VmState> last_state;           ///< as read last, by any step
    std::optional<std::string> last_version;

    VmCalls calls() const { return {*host, vm}; }
    VmState read_state();
    std::string read_version();

    /// For a step that did nothing, and why: the VM is to be looked at again, for which that is the error if
    /// it comes to nothing.
    StepEnd give_way(ErrorDetail reason);
    ErrorDetail given_way_to;

    /// Keeps the first error; a later one becomes part of its cause.
    void fail(const ErrorDetail& detail);
    /// Runs a step; what it throws becomes the VM's error.
    void attempt(const std::function<void()>& step);
    ErrorDetail told_to_stop(const std::string& attempted, const std::string& found) const;

    Patience until(Clock::TimePoint time) const { return {context.clock, time, context.stop}; }
    /// For bringing a VM to rest after a stop was requested: counted from when the stop is seen.
    Patience grace(std::chrono::seconds time);
    /// Waits for a job that must come to its end also when a stop is requested, for which there is that
    /// grace. All its texts are read where it failed.
    cim::JobResult await_job(const cim::ObjectPath& job, Clock::TimePoint deadline_of_job,
                             std::chrono::seconds grace_time);

  private:
    std::optional<Clock::TimePoint> stop_seen_;
};

std::string in_seconds(std::chrono::seconds time);

}  // namespace upshift
