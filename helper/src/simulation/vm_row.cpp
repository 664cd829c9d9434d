// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/vm_row.hpp"

namespace upshift::simulation {

using nlohmann::json;

namespace {

/// Hyper-V removes a job about this long after its end (Msvm_ConcreteJob.TimeBeforeRemoval).
constexpr std::chrono::minutes time_before_removal{5};

/// Adds what differs from the default; the rows stay short.
template <typename T>
void add(json& row, const char* key, const T& value, const T& usual) {
    if (value != usual) {
        row[key] = value;
    }
}

json job_row(const VmJob& job, const WallTime& time) {
    const VmJob usual;
    json row{{"id", job.id},
             {"title", job.title},
             {"begun", time.milliseconds(job.begun)},
             {"due", time.milliseconds(job.due)},
             {"ended", job.ended}};
    add(row, "foreign", job.foreign, usual.foreign);
    add(row, "new_version", job.new_version, usual.new_version);
    add(row, "new_state", job.new_state, usual.new_state);
    add(row, "cleared_checkpoint", job.cleared_checkpoint, usual.cleared_checkpoint);
    add(row, "polls", job.polls, usual.polls);
    add(row, "polls_left", job.polls_left.value_or(0), std::int64_t{0});
    add(row, "end_state", job.end_state, usual.end_state);
    add(row, "error_code", job.error_code, usual.error_code);
    add(row, "error_description", job.error_description, usual.error_description);
    add(row, "errors", job.errors, usual.errors);
    add(row, "vanishes", job.vanishes, usual.vanishes);
    add(row, "percent", job.percent, usual.percent);
    return row;
}

VmJob read_job(const json& row, const WallTime& time) {
    VmJob job;
    job.id = row.at("id").get<std::string>();
    job.title = row.at("title").get<std::string>();
    job.begun = time.time_point(row.at("begun").get<std::int64_t>());
    job.due = time.time_point(row.at("due").get<std::int64_t>());
    job.ended = row.at("ended").get<bool>();
    job.foreign = row.value("foreign", job.foreign);
    job.new_version = row.value("new_version", job.new_version);
    job.new_state = row.value("new_state", job.new_state);
    job.cleared_checkpoint = row.value("cleared_checkpoint", job.cleared_checkpoint);
    job.polls = row.value("polls", job.polls);
    if (job.polls > 0) {
        job.polls_left = row.value("polls_left", std::int64_t{0});
    }
    job.end_state = row.value("end_state", job.end_state);
    job.error_code = row.value("error_code", job.error_code);
    job.error_description = row.value("error_description", job.error_description);
    job.errors = row.value("errors", job.errors);
    job.vanishes = row.value("vanishes", job.vanishes);
    job.percent = row.value("percent", job.percent);
    return job;
}

json job_rows(const std::vector<VmJob>& jobs, const WallTime& time) {
    json rows = json::array();
    for (const auto& job : jobs) {
        if (!job.gone()) {
            rows.push_back(job_row(job, time));
        }
    }
    return rows;
}

std::vector<VmJob> read_jobs(const json& rows, const WallTime& time) {
    std::vector<VmJob> jobs;
    for (const auto& row : rows) {
        auto job = read_job(row, time);
        if (job.under_way() || job.due + time_before_removal > time.now()) {
            jobs.push_back(std::move(job));
        }
    }
    return jobs;
}

json checkpoint_rows(const std::vector<ClearedCheckpoint>& checkpoints) {
    json rows = json::array();
    for (const auto& checkpoint : checkpoints) {
        rows.push_back({{"name", checkpoint.name}, {"number", checkpoint.number}});
    }
    return rows;
}

std::vector<ClearedCheckpoint> read_checkpoints(const json& rows) {
    std::vector<ClearedCheckpoint> checkpoints;
    for (const auto& row : rows) {
        checkpoints.push_back({row.at("name").get<std::string>(), row.at("number").get<std::size_t>()});
    }
    return checkpoints;
}

}  // namespace

json state_row(const DescribedVm& vm, const WallTime& time) {
    const auto& history = vm.history;
    json row{{"host", vm.host},
             {"id", vm.id},
             {"name", vm.name},
             {"version", vm.version},
             {"state", vm.state},
             {"saved_checkpoints", vm.saved_checkpoints},
             {"upgrade_calls", vm.upgrade_calls},
             {"calls", history.calls},
             {"jobs_begun", history.jobs_begun},
             {"jobs", job_rows(history.jobs, time)}};
    add(row, "moved_to", history.moved_to, std::string());
    add(row, "cleared_checkpoints", checkpoint_rows(history.cleared_checkpoints), json::array());
    add(row, "foreign_begun", history.foreign_begun, false);
    if (history.goes_off_at) {
        row["goes_off_at"] = time.milliseconds(*history.goes_off_at);
    }
    return row;
}

void apply_state_row(DescribedVm& vm, const json& row, const WallTime& time) {
    auto& history = vm.history;
    vm.version = row.at("version").get<std::string>();
    vm.state = row.at("state").get<std::string>();
    vm.saved_checkpoints = row.at("saved_checkpoints").get<std::vector<std::string>>();
    vm.upgrade_calls = row.at("upgrade_calls").get<std::int64_t>();
    history.calls = row.value("calls", history.calls);
    history.jobs_begun = row.value("jobs_begun", history.jobs_begun);
    history.jobs = read_jobs(row.value("jobs", json::array()), time);
    history.moved_to = row.value("moved_to", history.moved_to);
    history.cleared_checkpoints = read_checkpoints(row.value("cleared_checkpoints", json::array()));
    history.foreign_begun = row.value("foreign_begun", history.foreign_begun);
    if (row.contains("goes_off_at")) {
        history.goes_off_at = time.time_point(row.at("goes_off_at").get<std::int64_t>());
    }
}

}  // namespace upshift::simulation
