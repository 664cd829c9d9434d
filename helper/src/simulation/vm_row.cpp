// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/vm_row.hpp"

#include "simulation/row_fields.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

/// Hyper-V removes a job about this long after its end (Msvm_ConcreteJob.TimeBeforeRemoval).
constexpr std::chrono::minutes time_before_removal{5};

void exchange_time(const RowFields& fields, const char* name, Clock::TimePoint& value, const WallTime& time) {
    std::int64_t milliseconds = time.milliseconds(value);
    fields.number(name, milliseconds);
    value = time.time_point(milliseconds);
}

void exchange_job(const RowFields& fields, VmJob& job, const WallTime& time) {
    fields.text("id", job.id);
    fields.text("title", job.title);
    fields.flag("foreign", job.foreign);
    fields.text("new_version", job.new_version);
    fields.text("new_state", job.new_state);
    fields.text("cleared_checkpoint", job.cleared_checkpoint);
    exchange_time(fields, "begun", job.begun, time);
    exchange_time(fields, "due", job.due, time);
    std::int64_t polls_left = job.polls_left.value_or(0);
    fields.number("polls", job.polls);
    fields.number("polls_left", polls_left);
    if (job.polls > 0) {
        job.polls_left = polls_left;
    }
    fields.number("end_state", job.end_state);
    fields.number("error_code", job.error_code);
    fields.text("error_description", job.error_description);
    fields.texts("errors", job.errors);
    fields.flag("vanishes", job.vanishes);
    fields.number("percent", job.percent);
    fields.flag("ended", job.ended);
}

void exchange_checkpoint(const RowFields& fields, ClearedCheckpoint& checkpoint) {
    auto number = static_cast<std::int64_t>(checkpoint.number);
    fields.text("name", checkpoint.name);
    fields.number("number", number);
    checkpoint.number = static_cast<std::size_t>(number);
}

/// All but what tells which VM it is.
void exchange_vm(const RowFields& fields, DescribedVm& vm, const WallTime& time) {
    auto& history = vm.history;
    fields.text("version", vm.version);
    fields.text("state", vm.state);
    fields.texts("saved_checkpoints", vm.saved_checkpoints);
    fields.counts("calls", history.calls);
    fields.text("moved_to", history.moved_to);
    fields.flag("foreign_begun", history.foreign_begun);
    fields.number("jobs_begun", history.jobs_begun);
    fields.rows("cleared_checkpoints", history.cleared_checkpoints, exchange_checkpoint);
    fields.rows("jobs", history.jobs,
                [&](const RowFields& row, VmJob& job) { exchange_job(row, job, time); });
}

}  // namespace

json state_row(const DescribedVm& vm, const WallTime& time) {
    DescribedVm written = vm;
    std::erase_if(written.history.jobs, [](const VmJob& job) { return job.gone(); });
    json row = json::object();
    row["host"] = vm.host;
    row["id"] = vm.id;
    row["name"] = vm.name;
    row["upgrade_calls"] = vm.upgrade_calls;
    const RowFields fields(row, RowFields::Direction::write);
    exchange_vm(fields, written, time);
    if (vm.history.goes_off_at) {
        row["goes_off_at"] = time.milliseconds(*vm.history.goes_off_at);
    }
    return row;
}

void apply_state_row(DescribedVm& vm, json row, const WallTime& time) {
    const RowFields fields(row, RowFields::Direction::read);
    exchange_vm(fields, vm, time);
    fields.number("upgrade_calls", vm.upgrade_calls);
    std::int64_t goes_off_at = 0;
    fields.number("goes_off_at", goes_off_at);
    if (goes_off_at != 0) {
        vm.history.goes_off_at = time.time_point(goes_off_at);
    }
    std::erase_if(vm.history.jobs, [&](const VmJob& job) {
        return !job.under_way() && job.due + time_before_removal <= time.now();
    });
}

}  // namespace upshift::simulation
