// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cim/cim_session.hpp"
#include "machine/journal.hpp"
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

struct SavedCheckpoint {
    std::string name;
    cim::ObjectPath settings;  ///< its Msvm_VirtualSystemSettingData
};

struct ObservedVm {
    std::string name;
    std::string id;                               ///< upper case, without braces
    std::string version_text;                     ///< as the host gave it; may be empty
    std::optional<ConfigurationVersion> version;  ///< nothing where the text is none
    VmState state = VmState::other;
    std::vector<SavedCheckpoint> saved_checkpoints;  ///< those that hold saved state
    Replication replication = Replication::none;
    bool clustered = false;
    std::vector<std::string> possible_owners;  ///< of a clustered one; empty is every node
    std::string owner;                         ///< the node it is on, where read through the cluster
    std::optional<JournalEntry> noted;  ///< something was begun with it that is not known to have ended
};

/// Whether it is off because an earlier run shut it down and ended before it could start it again.
bool is_left_off(const ObservedVm& vm);

struct ObservedNode {
    std::string name;
    std::string build;                                     ///< empty where it is not known
    std::vector<ConfigurationVersion> supported_versions;  ///< ascending; empty unless it was asked
    std::optional<ErrorDetail> error;                      ///< why it could not be asked
};

struct ObservedCluster {
    std::string name;
    std::optional<std::int64_t> functional_level;
    std::vector<ObservedNode> nodes;
    std::shared_ptr<cim::CimSession> session;  ///< of root\MSCluster
};

struct ObservedHost {
    std::string name;
    std::string build;  ///< of Windows; empty where it is not known
    std::optional<ConfigurationVersion> default_version;
    std::vector<ConfigurationVersion> supported_versions;  ///< ascending
    bool upgrade_settings_class = false;                   ///< whether a version can be chosen
    std::vector<ObservedVm> vms;
    std::optional<ErrorDetail> error;          ///< why nothing could be read; then only the name is known
    std::shared_ptr<ObservedCluster> cluster;  ///< null where it is in none; the same one for all its nodes
    std::optional<ErrorDetail> cluster_error;  ///< why it is not known whether it is in one
    bool elsewhere = false;  ///< none of this run's hosts: its VMs were seen through the cluster only

    /// For acting on its VMs; null where error is set.
    std::shared_ptr<cim::CimSession> session;
    cim::ObjectPath service;  ///< its Msvm_VirtualSystemManagementService
};

/// Whether it has UpgradeSystemVersion, which came with Windows Server 2016; so did some properties.
bool has_upgrade_method(const ObservedHost& host);

/// Whether two names mean one computer: without regard to case, and a short name fits a full one.
bool same_host(std::string_view one, std::string_view other);

}  // namespace upshift
