// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulation/row_reader.hpp"
#include "support/version.hpp"

// Rows of a simulation file. docs/contract.md, "Simulation file", says what each value means.
namespace upshift::simulation {

enum class Access { granted, denied, no_role };

struct DescribedHost {
    std::string name;
    std::optional<ConfigurationVersion> default_version;  ///< nothing: the host tells none
    std::vector<ConfigurationVersion> supported_versions;
    std::string build;
    bool upgrade_settings_class = false;
    Access access = Access::granted;
};

/// How UpgradeSystemVersion behaves for one VM.
struct UpgradeBehaviour {
    std::uint32_t return_value = 4096;
    std::chrono::duration<double> seconds{0};  ///< how long the job runs
    std::optional<std::int64_t> polls;         ///< ends at that many readings of the job, in place of seconds
    std::int64_t job_state = 7;                ///< the state it ends in
    std::int64_t error_code = 0;
    std::string error_description;
};

/// How the guest takes a request to shut down.
struct ShutdownBehaviour {
    std::uint32_t return_value = 0;
    std::chrono::duration<double> seconds{0};
    bool ignored = false;  ///< accepted, but the guest never goes off
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
    UpgradeBehaviour upgrade;
    ShutdownBehaviour shutdown;
    std::int64_t upgrade_calls = 0;  ///< of UpgradeSystemVersion, over all runs
    bool changed = false;            ///< differs from the description because a run changed it
};

/// One row of `hosts`.
DescribedHost read_host(RowReader row);
/// One row of `vms`; id and host may still be empty.
DescribedVm read_vm(RowReader row);

/// The host that a file without `hosts` is about: a Windows Server 2025.
DescribedHost default_host(const std::string& name);

/// A GUID that stays the same as long as host, name and the number among VMs of that name do.
std::string derived_guid(const std::string& host, const std::string& name, std::size_t number);

}  // namespace upshift::simulation
