// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "simulation/model_world.hpp"
#include "support/run_context.hpp"

namespace upshift::simulation {

/// Lets happen what takes time: jobs end, guests go off. Nothing happens between two calls of settle. Keeps
/// which VMs have changed.
class ModelTime {
  public:
    /// Takes up what the world's VMs have under way, and begins the foreign jobs that no run has seen yet.
    ModelTime(ModelWorld& world, Clock& clock);

    /// Carries out what has fallen due.
    void settle();
    /// Counts one reading of the job, for one that ends by readings.
    void count_reading(const std::string& job_id);

    /// Begins a job that runs for that time, or for job.polls readings; gives its InstanceID.
    std::string begin_job(ModelVm& vm, VmJob job, std::chrono::duration<double> time);
    /// Lets the guest go off after that time, unless the state changes before.
    void shut_down(ModelVm& vm, std::chrono::duration<double> time);

    void set_state(ModelVm& vm, const std::string& state);
    void mark_changed(ModelVm& vm);
    /// How often anything changed.
    std::uint64_t changes() const { return changes_; }
    /// The VMs that have changed since this was asked last.
    std::vector<DescribedVm> take_changed();

  private:
    void resume(ModelVm& vm);
    void begin_foreign_job(ModelVm& vm, const ForeignJob& described);
    bool is_due(const VmJob& job, Clock::TimePoint now) const;
    void finish(ModelVm& vm, VmJob& job);
    void bring_about(ModelVm& vm, const VmJob& job);

    ModelWorld& world_;
    Clock& clock_;
    std::vector<std::string> running_jobs_;
    std::vector<std::size_t> shutting_down_;  ///< indices of VMs
    std::set<std::size_t> changed_;           ///< indices of VMs
    std::uint64_t changes_ = 0;
};

/// Whether a job of anybody is under way on the VM.
bool is_in_use(const ModelVm& vm);

}  // namespace upshift::simulation
