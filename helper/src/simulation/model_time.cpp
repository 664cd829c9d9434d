// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/model_time.hpp"

#include <algorithm>

#include "simulation/model_objects.hpp"

namespace upshift::simulation {

namespace {

Clock::TimePoint after(Clock::TimePoint now, std::chrono::duration<double> time) {
    return now + std::chrono::duration_cast<Clock::TimePoint::duration>(time);
}

std::int64_t percent_of(const VmJob& job, Clock::TimePoint now) {
    if (job.polls_left) {
        return 100 * (job.polls - *job.polls_left) / job.polls;
    }
    return std::clamp<std::int64_t>(
        static_cast<std::int64_t>(100 * (now - job.begun).count() / (job.due - job.begun).count()), 0, 99);
}

/// `all` begins with those that hold saved state, in the row's order.
void clear_checkpoint(DescribedVm& row, const std::vector<ModelCheckpoint>& all,
                      const std::string& instance_id) {
    for (std::size_t i = 0; i < row.saved_checkpoints.size(); ++i) {
        if (all[i].instance_id == instance_id) {
            row.history.cleared_checkpoints.push_back(all[i].which);
            row.saved_checkpoints.erase(row.saved_checkpoints.begin() + static_cast<std::ptrdiff_t>(i));
            return;
        }
    }
}

}  // namespace

bool is_in_use(const ModelVm& vm) {
    const auto& jobs = vm.row.history.jobs;
    return std::any_of(jobs.begin(), jobs.end(), [](const VmJob& job) { return job.under_way(); });
}

ModelTime::ModelTime(ModelWorld& world, Clock& clock) : world_(world), clock_(clock) {
    for (auto& vm : world_.vms()) {
        resume(vm);
    }
}

void ModelTime::resume(ModelVm& vm) {
    if (vm.row.history.goes_off_at) {
        shutting_down_.push_back(vm.index);
    }
    for (const auto& job : vm.row.history.jobs) {
        if (!job.ended) {
            running_jobs_.push_back(job.id);
        }
    }
    if (vm.row.foreign_job && !vm.row.history.foreign_begun) {
        begin_foreign_job(vm, *vm.row.foreign_job);
    }
}

void ModelTime::begin_foreign_job(ModelVm& vm, const ForeignJob& described) {
    VmJob job;
    job.title = "Modifying Virtual Machine";
    job.foreign = true;
    job.new_version = described.new_version;
    job.polls = described.polls.value_or(0);
    vm.row.history.foreign_begun = true;
    (void)begin_job(vm, std::move(job), described.seconds);
}

std::string ModelTime::begin_job(ModelVm& vm, VmJob job, std::chrono::duration<double> time) {
    const auto number = static_cast<std::size_t>(vm.row.history.jobs_begun++);
    job.id = derived_guid(vm.row.host + "\n" + vm.row.id, "job", number);
    job.begun = clock_.now();
    job.due = after(job.begun, time);
    if (job.polls > 0) {
        job.polls_left = job.polls;
    }
    running_jobs_.push_back(job.id);
    mark_changed(vm);
    return world_.add_job(vm, std::move(job)).id;
}

void ModelTime::shut_down(ModelVm& vm, std::chrono::duration<double> time) {
    vm.row.history.goes_off_at = after(clock_.now(), time);
    shutting_down_.push_back(vm.index);
    mark_changed(vm);
}

void ModelTime::count_reading(const std::string& job_id) {
    auto* job = world_.find_job(job_id);
    if (job != nullptr && job->polls_left && *job->polls_left > 0) {
        --*job->polls_left;
    }
}

bool ModelTime::is_due(const VmJob& job, Clock::TimePoint now) const {
    return job.polls_left ? *job.polls_left == 0 : job.due <= now;
}

void ModelTime::settle() {
    const auto now = clock_.now();
    std::erase_if(shutting_down_, [&](std::size_t i) {
        auto& vm = world_.vms()[i];
        const auto& off_at = vm.row.history.goes_off_at;
        if (off_at && *off_at <= now) {
            set_state(vm, "off");
        }
        return !off_at;
    });
    std::erase_if(running_jobs_, [&](const std::string& id) {
        auto* job = world_.find_job(id);
        if (job == nullptr) {
            return true;
        }
        if (!is_due(*job, now)) {
            job->percent = percent_of(*job, now);
            return false;
        }
        finish(world_.vms()[world_.vm_of_job(id)->index], *job);
        return true;
    });
}

void ModelTime::finish(ModelVm& vm, VmJob& job) {
    constexpr std::int64_t well = 7;
    constexpr std::int64_t with_warnings = 32768;
    job.ended = true;
    job.due = clock_.now();
    mark_changed(vm);
    if ((job.end_state == well && job.error_code == 0) || job.end_state == with_warnings) {
        job.percent = 100;
        bring_about(vm, job);
    }
}

void ModelTime::bring_about(ModelVm& vm, const VmJob& job) {
    if (!job.new_state.empty()) {
        set_state(vm, job.new_state);
    }
    if (!job.new_version.empty()) {
        vm.row.version = job.new_version;
    }
    if (!job.cleared_checkpoint.empty()) {
        clear_checkpoint(vm.row, checkpoints_of(vm), job.cleared_checkpoint);
    }
}

void ModelTime::set_state(ModelVm& vm, const std::string& state) {
    vm.row.state = state;
    vm.row.history.goes_off_at.reset();
    mark_changed(vm);
}

void ModelTime::mark_changed(ModelVm& vm) {
    changed_.insert(vm.index);
    ++changes_;
}

std::vector<DescribedVm> ModelTime::take_changed() {
    std::vector<DescribedVm> rows;
    rows.reserve(changed_.size());
    for (const auto i : changed_) {
        rows.push_back(world_.vms()[i].row);
    }
    changed_.clear();
    return rows;
}

}  // namespace upshift::simulation
