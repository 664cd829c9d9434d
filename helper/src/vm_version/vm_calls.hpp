// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "cim/cim_session.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// One VM by Hyper-V's own classes and methods: each function is one call or read, and none waits. Every
/// method throws what CimSession throws, and OperationError, not_found, where the VM is gone.
class VmCalls {
  public:
    VmCalls(const ObservedHost& host, const ObservedVm& vm) : host_(host), vm_(vm) {}

    VmState state() const;
    std::string version() const;

    /// InitiateShutdown without force. Throws OperationError, wrong_state, where the guest cannot be asked.
    cim::MethodResult ask_guest_to_shut_down() const;
    /// UpgradeSystemVersion to the host's default, or to the version where one is given.
    cim::MethodResult upgrade(const std::optional<ConfigurationVersion>& chosen) const;
    cim::MethodResult start() const;

    cim::CimSession& session() const { return *host_.session; }

  private:
    cim::Instance read(const cim::ObjectPath& path, const std::string& column) const;

    const ObservedHost& host_;
    const ObservedVm& vm_;
};

}  // namespace upshift
