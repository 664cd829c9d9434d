// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_run.hpp"

namespace upshift {

VmRun::VmRun(const VmWork& work, VmHosts& all_hosts, const VmVersionRequest& asked, const RunContext& around,
             VmProgress teller)
    : hosts(all_hosts),
      request(asked),
      context(around),
      progress(std::move(teller)),
      host(work.host),
      vm(*work.vm),
      plan(work.plan),
      begun(around.clock.now()),
      deadline(begun + asked.timeout),
      noted_before(vm.noted && vm.noted->restart),
      left_off(is_left_off(vm) && plan.plans(VmStep::start)) {}

VmState VmRun::read_state() {
    last_state = calls().state();
    return *last_state;
}

std::string VmRun::read_version() {
    last_version = calls().version();
    return *last_version;
}

StepEnd VmRun::give_way(ErrorDetail reason) {
    given_way_to = std::move(reason);
    return StepEnd::look_again;
}

void VmRun::fail(const ErrorDetail& detail) {
    if (!error) {
        error = detail;
        return;
    }
    if (*error == detail) {
        return;
    }
    error->cause += (error->cause.empty() ? "" : " ") + sentence(detail);
}

void VmRun::attempt(const std::function<void()>& step) {
    try {
        step();
    } catch (const OperationError& thrown) {
        fail(thrown.detail());
    }
}

ErrorDetail VmRun::told_to_stop(const std::string& attempted, const std::string& found) const {
    return {.kind = ErrorKind::cancelled,
            .attempted = attempted,
            .object = vm.name,
            .found = found,
            .hint = "Run it again to do what is left."};
}

Patience VmRun::grace(std::chrono::seconds time) {
    if (!stop_seen_) {
        stop_seen_ = context.clock.now();
    }
    return {context.clock, *stop_seen_ + time, {}};
}

cim::JobResult VmRun::await_job(const cim::ObjectPath& job, Clock::TimePoint deadline_of_job,
                                std::chrono::seconds grace_time) {
    const auto silent = [](int /*percent*/) {};
    const auto on_host = calls();
    auto result = cim::wait_for_job(on_host.session(), job, until(deadline_of_job), silent);
    if (result.end == cim::JobEnd::stopped) {
        result = cim::wait_for_job(on_host.session(), job, grace(grace_time), silent);
    }
    if (result.end == cim::JobEnd::failed || result.end == cim::JobEnd::unknown_state) {
        cim::add_error_texts(on_host.session(), job, on_host.service(), result);
    }
    return result;
}

std::string in_seconds(std::chrono::seconds time) {
    return std::to_string(time.count()) + (time.count() == 1 ? " second" : " seconds");
}

}  // namespace upshift
