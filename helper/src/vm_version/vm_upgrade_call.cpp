// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_upgrade_call.hpp"

#include "cim/job.hpp"
#include "cim/method_codes.hpp"
#include "cim/wmi_codes.hpp"
#include "vm_version/host_versions.hpp"
#include "vm_version/namespaces.hpp"
#include "vm_version/vm_journal.hpp"

namespace upshift {

namespace {

constexpr const char* method = "UpgradeSystemVersion";

/// Most jobs end in less, and need no entry in the journal.
constexpr std::chrono::seconds longest_unnoted{2};

/// A session that has the method, and its management service.
struct Way {
    std::shared_ptr<cim::CimSession> session;
    cim::ObjectPath service;
};

/// One call and what becomes of it. Used once.
class UpgradeCall {
  public:
    explicit UpgradeCall(VmRun& run)
        : run_(run),
          wanted_(run.plan.wanted.value_or(ConfigurationVersion{})),
          way_{run.host->session, run.host->service} {}

    StepEnd run() {
        // It was read some time ago; a job that was under way then may have ended since.
        if (is_reached()) {
            run_.reached_by_others = true;
            return StepEnd::done;
        }
        auto end = call();
        if (unknown_here_ && run_.vm.clustered && !is_reached()) {
            end = call_through_cluster();
        }
        if (end == StepEnd::look_again) {
            return end;
        }
        judge_by_version();
        return run_.error ? StepEnd::failed : StepEnd::done;
    }

  private:
    StepEnd call() {
        unknown_here_.reset();
        try {
            const auto chosen = run_.plan.wants_default ? std::nullopt : run_.plan.wanted;
            const auto result = run_.calls().upgrade_through(*way_.session, way_.service, chosen);
            if (result.return_value == cim::method_in_use) {
                return run_.give_way(
                    cim::method_error(result.return_value, method, attempts::upgrading, run_.vm.name));
            }
            follow(result);
        } catch (const OperationError& error) {
            take_exception(error);
        }
        return unknown_here_ ? StepEnd::failed : StepEnd::done;
    }

    /// root\HyperVCluster\v2 is the documented place of the method for clustered virtual machines.
    StepEnd call_through_cluster() {
        try {
            way_.session = run_.hosts.connect(run_.host->name, namespaces::cluster_virtualization);
            way_.service = probe_service(*way_.session, run_.host->name);
        } catch (const OperationError& error) {
            run_.warnings.push_back(sentence(error.detail()));
            return StepEnd::failed;
        }
        run_.through_cluster = true;
        return call();
    }

    void take_exception(const OperationError& error) {
        const auto kind = error.detail().kind;
        if (kind == ErrorKind::not_found || kind == ErrorKind::not_supported) {
            unknown_here_ = error.detail();
            return;
        }
        run_.fail(error.detail());
        if (cim::may_have_run(error)) {
            await_unnamed_job();
        }
    }

    bool is_reached() {
        const auto version = parse_configuration_version(run_.read_version());
        return version && *version >= wanted_;
    }

    void follow(const cim::MethodResult& result) {
        const auto job = result.reference("Job");
        if (result.return_value == cim::method_job_started && job) {
            await(*job);
        } else if (result.return_value == cim::method_job_started) {
            await_unnamed_job();
        } else if (result.return_value == cim::method_object_not_found) {
            unknown_here_ = cim::method_error(result.return_value, method, attempts::upgrading, run_.vm.name);
        } else if (result.return_value != cim::method_completed) {
            run_.fail(cim::method_error(result.return_value, method, attempts::upgrading, run_.vm.name));
        }
    }

    void await_unnamed_job() {
        run_.job_unknown = true;
        const auto jobs = run_.calls().jobs_under_way();
        run_.job_unknown = false;
        if (!jobs.empty()) {
            await(jobs.front());
        }
    }

    void await(const cim::ObjectPath& job) {
        run_.job_unknown = true;
        run_.upgrade_job = job;
        const auto to_be_noted_at = run_.context.clock.now() + longest_unnoted;
        const auto calls = run_.calls();
        auto result = cim::wait_for_job(calls.session(), job, run_.until(run_.deadline), [&](int percent) {
            if (run_.context.clock.now() >= to_be_noted_at) {
                note_job(run_, job);
            }
            run_.progress.step("upgrading", percent);
        });
        run_.job_unknown = false;
        if (result.end == cim::JobEnd::gone && !job_is_gone_) {
            // An expired job is over; one that is merely not found may still be at work.
            job_is_gone_ = true;
            await_unnamed_job();
            return;
        }
        run_.job_under_way = result.end == cim::JobEnd::timed_out || result.end == cim::JobEnd::stopped;
        if (!run_.job_under_way && result.end != cim::JobEnd::completed && result.end != cim::JobEnd::gone) {
            cim::add_error_texts(*way_.session, job, way_.service, result);
        }
        tell(result);
    }

    void tell(const cim::JobResult& result) {
        switch (result.end) {
            case cim::JobEnd::completed:
                return;
            case cim::JobEnd::gone:
                job_is_gone_ = true;
                return;
            case cim::JobEnd::completed_with_warnings:
                run_.warnings.push_back(
                    "The upgrade of \"" + run_.vm.name + "\" completed with warnings" +
                    (result.descriptions.empty() ? "." : ": " + joined_descriptions(result)));
                return;
            case cim::JobEnd::failed:
            case cim::JobEnd::unknown_state:
                run_.fail(cim::job_error(result, method, attempts::upgrading, run_.vm.name));
                return;
            case cim::JobEnd::timed_out:
                run_.fail(
                    {.kind = ErrorKind::timeout,
                     .attempted = attempts::upgrading,
                     .object = run_.vm.name,
                     .found = "its upgrade job is still under way after " + in_seconds(run_.request.timeout),
                     .hint = "The job goes on, and the virtual machine is left as it is. Run this again "
                             "later."});
                return;
            case cim::JobEnd::stopped:
                run_.fail(run_.told_to_stop(attempts::upgrading,
                                            "the run was told to stop while its upgrade job was under way; "
                                            "the job goes on"));
                return;
        }
    }

    void judge_by_version() {
        const bool reached = is_reached();
        if (unknown_here_ && !reached) {
            run_.fail(*unknown_here_);
        }
        if (reached && run_.error && !run_.job_under_way) {
            run_.warnings.push_back("The wanted version of \"" + run_.vm.name +
                                    "\" was reached all the same: " + sentence(*run_.error));
            run_.error.reset();
            run_.job_unknown = false;
        }
        if (!reached && !run_.error) {
            const std::string told = job_is_gone_ ? "its upgrade job is gone" : "Hyper-V reported success";
            run_.fail({.kind = ErrorKind::failed,
                       .attempted = attempts::upgrading,
                       .object = run_.vm.name,
                       .found = told + ", but it is still at version " + run_.last_version.value_or(""),
                       .needed = "version " + to_string(wanted_),
                       .hint = "Look into the Hyper-V-VMMS event log."});
        }
    }

    VmRun& run_;
    ConfigurationVersion wanted_;
    Way way_;
    std::optional<ErrorDetail>
        unknown_here_;  ///< this way does not know the VM or the method: nothing was done
    bool job_is_gone_ = false;
};

}  // namespace

StepEnd upgrade_version(VmRun& run) {
    if (run.context.stop.stop_requested()) {
        run.fail(
            run.told_to_stop(attempts::upgrading, "the run was told to stop before the upgrade was begun"));
        return StepEnd::failed;
    }
    run.progress.step("upgrading");
    return UpgradeCall(run).run();
}

}  // namespace upshift
