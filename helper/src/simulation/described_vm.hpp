// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulation/row_reader.hpp"
#include "simulation/vm_job.hpp"

// Rows of `vms` in a simulation file. docs/contract.md, "Simulation file", says what each value means.
namespace upshift::simulation {

/// The namespaces in which UpgradeSystemVersion knows a VM.
enum class UpgradedIn { any, virtualization, cluster };

/// How UpgradeSystemVersion behaves for one VM.
struct UpgradeBehaviour {
    std::uint32_t return_value = 4096;
    std::chrono::duration<double> seconds{0};  ///< how long the job runs
    std::optional<std::int64_t> polls;         ///< ends at that many readings of the job, in place of seconds
    std::int64_t job_state = 7;                ///< the state it ends in
    std::int64_t error_code = 0;
    std::string error_description;
    std::vector<std::string> errors;  ///< what GetErrorEx and FormatError give of the ended job
    bool vanishes = false;            ///< the job's instance is gone as soon as it has ended
    std::string moves_to;             ///< the host the VM is on once a method has been called on it
    UpgradedIn known_in = UpgradedIn::any;
};

/// How the guest takes a request to shut down.
struct ShutdownBehaviour {
    std::uint32_t return_value = 0;
    std::chrono::duration<double> seconds{0};
    bool ignored = false;  ///< accepted, but the guest never goes off
};

/// Another client's job that is under way when a run first sees the VM.
struct ForeignJob {
    std::chrono::duration<double> seconds{0};
    std::optional<std::int64_t> polls;
    std::string new_version;  ///< what it leaves behind; empty: the version stays
};

/// A checkpoint that held saved state once.
struct ClearedCheckpoint {
    std::string name;
    std::size_t number = 0;  ///< among the VM's checkpoints of that name, as described

    bool operator==(const ClearedCheckpoint&) const = default;
};

/// What runs have done to a VM beside the values of its row; kept in the state file.
struct VmHistory {
    std::map<std::string, std::int64_t> calls;  ///< of each method: those that the host accepted
    std::vector<ClearedCheckpoint> cleared_checkpoints;
    std::string moved_to;                         ///< the host it is on, where not the described one
    std::optional<Clock::TimePoint> goes_off_at;  ///< the guest is shutting down
    std::vector<VmJob> jobs;                      ///< in the order begun
    std::int64_t jobs_begun = 0;
    bool foreign_begun = false;
};

struct DescribedVm {
    std::string name;
    std::string id;  ///< upper case, without braces
    std::string host;
    std::string version;  ///< may be empty: the host tells none
    std::string state;
    std::vector<std::string> saved_checkpoints;
    std::string replication;
    std::string heartbeat;
    std::optional<bool> clustered;             ///< nothing: where its host is in a cluster
    std::vector<std::string> possible_owners;  ///< empty: every node of its cluster
    UpgradeBehaviour upgrade;
    ShutdownBehaviour shutdown;
    std::optional<ForeignJob> foreign_job;
    VmHistory history;
    std::int64_t upgrade_calls = 0;  ///< of UpgradeSystemVersion that reached the VM, refused ones too
    bool changed = false;            ///< differs from the description because a run changed it
};

/// One row of `vms`; id and host may still be empty.
DescribedVm read_vm(RowReader row);

/// A GUID that stays the same as long as host, name and the number among VMs of that name do.
std::string derived_guid(const std::string& host, const std::string& name, std::size_t number);

}  // namespace upshift::simulation
