// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_others.hpp"

#include <algorithm>

#include "cim/job.hpp"
#include "vm_version/vm_journal.hpp"

namespace upshift {

namespace {

constexpr const char* anothers = "another client's job";
constexpr const char* earlier = "the upgrade job of an earlier run";

/// Jobs on one VM that this run did not begin. Used once.
class OthersJobs {
  public:
    explicit OthersJobs(VmRun& run) : run_(run), jobs_(run.calls().jobs_under_way()) {
        // The earlier run's first: while it goes on, the virtual machine must be left as it is.
        std::partition(jobs_.begin(), jobs_.end(),
                       [&](const cim::ObjectPath& job) { return is_of_earlier_run(job); });
    }

    OthersEnd await() {
        run_.job_under_way = false;
        const bool all_ended = std::all_of(jobs_.begin(), jobs_.end(),
                                           [&](const cim::ObjectPath& job) { return has_ended(job); });
        if (!all_ended) {
            return OthersEnd::failed;
        }
        return jobs_.empty() ? OthersEnd::nobody : OthersEnd::waited;
    }

  private:
    bool is_of_earlier_run(const cim::ObjectPath& job) const { return is_job_of_earlier_run(run_.vm, job); }

    bool has_ended(const cim::ObjectPath& job) {
        const bool is_ours = is_of_earlier_run(job);
        const auto waiting = std::string("waiting for ") + (is_ours ? earlier : anothers);
        run_.job_under_way = is_ours;
        auto result = cim::wait_for_job(run_.calls().session(), job, run_.until(run_.deadline),
                                        [&](int percent) { run_.progress.step(waiting, percent); });
        if (result.end == cim::JobEnd::timed_out) {
            run_.fail(is_ours ? earlier_outlasts() : another_outlasts());
            return false;
        }
        if (result.end == cim::JobEnd::stopped) {
            run_.fail(run_.told_to_stop(attempts::upgrading, "the run was told to stop while " +
                                                                 std::string(is_ours ? earlier : anothers) +
                                                                 " was under way"));
            return false;
        }
        run_.job_under_way = false;
        if (is_ours) {
            tell_end(job, result);
        }
        return true;
    }

    /// The version that is read back decides; what the job itself tells is worth knowing all the same.
    void tell_end(const cim::ObjectPath& job, cim::JobResult& result) {
        run_.earlier_job_ended = true;
        if (result.end == cim::JobEnd::failed || result.end == cim::JobEnd::unknown_state) {
            const auto calls = run_.calls();
            cim::add_error_texts(calls.session(), job, calls.service(), result);
            run_.warnings.push_back(
                "The upgrade job of an earlier run failed: " +
                sentence(cim::job_error(result, "UpgradeSystemVersion", attempts::upgrading, run_.vm.name)));
        }
    }

    ErrorDetail earlier_outlasts() const {
        return {
            .kind = ErrorKind::timeout,
            .attempted = attempts::upgrading,
            .object = run_.vm.name,
            .found = std::string(earlier) + " is still under way after " + in_seconds(run_.request.timeout),
            .hint = "The job goes on, and the virtual machine is left as it is. Run this again later."};
    }

    ErrorDetail another_outlasts() const {
        return {.kind = ErrorKind::busy,
                .attempted = attempts::upgrading,
                .object = run_.vm.name,
                .found = std::string(anothers) + " on it is still under way after " +
                         in_seconds(run_.request.timeout),
                .hint = "Try again when its backup, migration or merge is over, or raise timeout."};
    }

    VmRun& run_;
    std::vector<cim::ObjectPath> jobs_;
};

}  // namespace

OthersEnd await_others(VmRun& run) {
    return OthersJobs(run).await();
}

}  // namespace upshift
