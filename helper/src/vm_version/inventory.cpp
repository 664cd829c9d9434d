// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/inventory.hpp"

#include <algorithm>

#include "vm_version/cluster_inventory.hpp"
#include "vm_version/detect.hpp"
#include "vm_version/rows.hpp"

namespace upshift {

std::vector<ObservedHost> take_inventory(cim::CimConnector& connector, bool cluster) {
    auto hosts = observe_hosts(connector);
    const bool none_readable = std::all_of(hosts.begin(), hosts.end(),
                                           [](const ObservedHost& host) { return host.error.has_value(); });
    if (!hosts.empty() && none_readable) {
        throw OperationError(hosts.front().error.value_or(ErrorDetail{}));
    }
    if (cluster) {
        add_vms_of_other_nodes(connector, hosts);
    }
    return hosts;
}

std::vector<HostRow> host_rows(const std::vector<ObservedHost>& hosts) {
    std::vector<HostRow> rows;
    for (const auto& host : hosts) {
        if (!host.elsewhere) {
            rows.push_back(host_row(host));
        }
    }
    return rows;
}

std::vector<SelectedVm> places_of(const Selection& selection) {
    std::vector<SelectedVm> places;
    for (const auto& entry : selection.entries) {
        if (entry.vm) {
            places.push_back(*entry.vm);
        }
    }
    return places;
}

}  // namespace upshift
