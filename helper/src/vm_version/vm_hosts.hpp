// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// The hosts of a run and the way to them while their VMs are worked on. Owns neither. Safe from several
/// threads.
class VmHosts {
  public:
    VmHosts(cim::CimConnector& connector, const std::vector<ObservedHost>& hosts)
        : connector_(connector), hosts_(hosts) {}

    /// Where a VM of that host is now, there or elsewhere in its cluster, with what was read of it: nothing
    /// where none has it. One that cannot be asked counts as not having it.
    struct Found {
        const ObservedHost* host;
        ObservedVm vm;
    };
    std::optional<Found> find(const ObservedHost& from, const ObservedVm& vm) const;

    /// One at a time: a connector need not be safe from several threads.
    std::shared_ptr<cim::CimSession> connect(const std::string& host, const std::string& cim_namespace);

  private:
    cim::CimConnector& connector_;
    const std::vector<ObservedHost>& hosts_;
    std::mutex connecting_;
};

}  // namespace upshift
