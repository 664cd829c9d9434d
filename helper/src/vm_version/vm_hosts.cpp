// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_hosts.hpp"

#include "vm_version/vm_inventory.hpp"

namespace upshift {

std::optional<VmHosts::Found> VmHosts::find(const ObservedVm& vm) const {
    for (const auto& host : hosts_) {
        if (!host.session) {
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
