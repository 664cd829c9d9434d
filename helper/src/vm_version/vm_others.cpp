// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_others.hpp"

#include "cim/job.hpp"

namespace upshift {

OthersEnd await_others(VmRun& run) {
    const auto jobs = run.calls().jobs_under_way();
    for (const auto& job : jobs) {
        const auto result = cim::wait_for_job(
            run.calls().session(), job, run.until(run.deadline),
            [&](int percent) { run.progress.step("waiting for another client's job", percent); });
        if (result.end == cim::JobEnd::timed_out) {
            run.fail({.kind = ErrorKind::busy,
                      .attempted = attempts::upgrading,
                      .object = run.vm.name,
                      .found = "another client's job on it is still under way after " +
                               in_seconds(run.request.timeout),
                      .hint = "Try again when its backup, migration or merge is over, or raise timeout."});
            return OthersEnd::failed;
        }
        if (result.end == cim::JobEnd::stopped) {
            run.fail(run.told_to_stop(attempts::upgrading,
                                      "the run was told to stop while another client's job was under way"));
            return OthersEnd::failed;
        }
    }
    return jobs.empty() ? OthersEnd::nobody : OthersEnd::waited;
}

}  // namespace upshift
