// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// What RequestStateChange can be asked for ("RequestStateChange method of the Msvm_ComputerSystem class").
enum class PowerRequest { running = 2, off = 3 };

/// One VM by Hyper-V's own classes and methods: each function is one call or read, and none waits. Every
/// method throws what CimSession throws, and OperationError, not_found, where the VM is gone. Host and VM are
/// not owned.
class VmCalls {
  public:
    VmCalls(const ObservedHost& host, const ObservedVm& vm) : host_(host), vm_(vm) {}

    VmState state() const;
    std::string version() const;
    /// False also where the checkpoint is gone.
    bool holds_saved_state(const SavedCheckpoint& checkpoint) const;
    /// The jobs of whomever that are under way on it. None on a host that does not tell.
    std::vector<cim::ObjectPath> jobs_under_way() const;

    /// InitiateShutdown without force. Throws OperationError, wrong_state, where the guest cannot be asked.
    cim::MethodResult ask_guest_to_shut_down() const;
    /// UpgradeSystemVersion to the host's default, or to the version where one is given.
    cim::MethodResult upgrade(const std::optional<ConfigurationVersion>& chosen) const {
        return upgrade_through(session(), service(), chosen);
    }
    /// The same through another session and its management service.
    cim::MethodResult upgrade_through(cim::CimSession& session, const cim::ObjectPath& service,
                                      const std::optional<ConfigurationVersion>& chosen) const;
    /// ClearSnapshotState: the checkpoint stays, with its disks.
    cim::MethodResult clear_saved_state(const SavedCheckpoint& checkpoint) const;
    /// Off is the hard way; a saved VM loses its saved state by it.
    cim::MethodResult request(PowerRequest power) const;

    cim::CimSession& session() const { return *host_.session; }
    const cim::ObjectPath& service() const { return host_.service; }

  private:
    cim::Instance read(const cim::ObjectPath& path, const std::string& column) const;

    const ObservedHost& host_;
    const ObservedVm& vm_;
};

}  // namespace upshift
