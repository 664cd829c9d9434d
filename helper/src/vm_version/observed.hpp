// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cim/cim_session.hpp"
#include "support/error.hpp"
#include "support/version.hpp"

// What was read of hosts and VMs before anything is decided.
namespace upshift {

enum class VmState { off, running, saved, paused, starting, stopping, other };
std::string_view name_of(VmState state);
/// From EnabledState of Msvm_ComputerSystem. Only 3 is off; what is unknown is other.
VmState vm_state_of(std::int64_t enabled_state);

enum class Replication { none, primary, replica, test_replica, extended_replica };
std::string_view name_of(Replication replication);

struct ObservedVm {
    std::string name;
    std::string id;                               ///< upper case, without braces
    std::string version_text;                     ///< as the host gave it; may be empty
    std::optional<ConfigurationVersion> version;  ///< nothing where the text is none
    VmState state = VmState::other;
    std::vector<std::string> saved_checkpoints;  ///< names of those that hold saved state
    Replication replication = Replication::none;
};

struct ObservedHost {
    std::string name;
    std::optional<ConfigurationVersion> default_version;
    std::vector<ConfigurationVersion> supported_versions;  ///< ascending
    bool upgrade_settings_class = false;                   ///< whether a version can be chosen
    std::vector<ObservedVm> vms;
    std::optional<ErrorDetail> error;  ///< why nothing could be read; then only the name is known

    /// For acting on its VMs; null where error is set.
    std::shared_ptr<cim::CimSession> session;
    cim::ObjectPath service;  ///< its Msvm_VirtualSystemManagementService
};

}  // namespace upshift
