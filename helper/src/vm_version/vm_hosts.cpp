// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_hosts.hpp"

#include "vm_version/vm_inventory.hpp"

namespace upshift {

std::optional<VmHosts::Found> VmHosts::find(const ObservedHost& from, const ObservedVm& vm) const {
    for (const auto& host : hosts_) {
        // Beyond the cluster another host's VM of that id is its replica.
        const bool may_have_it = &host == &from || (from.cluster && host.cluster == from.cluster);
        if (!host.session || !may_have_it) {
            continue;
        }
        try {
            if (auto found = read_again(host, vm)) {
                return Found{&host, std::move(*found)};
            }
        } catch (const OperationError&) {
            continue;
        }
    }
    return std::nullopt;
}

std::shared_ptr<cim::CimSession> VmHosts::connect(const std::string& host, const std::string& cim_namespace) {
    const std::lock_guard lock(connecting_);
    return connector_.connect(host, cim_namespace);
}

}  // namespace upshift
