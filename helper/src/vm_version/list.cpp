// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <utility>

#include "vm_version/inventory.hpp"
#include "vm_version/owners.hpp"
#include "vm_version/rows.hpp"
#include "vm_version/vm_version.hpp"

namespace upshift {

namespace {

std::vector<ClusterRow> cluster_rows(const std::vector<ObservedHost>& hosts,
                                     const std::vector<HostRow>& described) {
    std::vector<ClusterRow> rows;
    std::set<const ObservedCluster*> told;
    for (const auto& host : hosts) {
        if (host.cluster && told.insert(host.cluster.get()).second) {
            rows.push_back(cluster_row(*host.cluster, described));
        }
    }
    return rows;
}

std::string counted(std::size_t count, const std::string& thing) {
    return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

/// How many there are. The VMs are moved from: none is selected twice.
std::size_t add_vms(Answer& answer, std::vector<ObservedHost>& hosts, const Selection& selection) {
    auto& rows = answer.vms.emplace();
    rows.reserve(selection.entries.size());
    for (const auto& entry : selection.entries) {
        if (entry.vm) {
            auto& host = hosts[entry.vm->host];
            rows.push_back(vm_row(host, std::move(host.vms[entry.vm->vm])));
        } else {
            answer.warnings.push_back(sentence(absence_error(entry)));
        }
    }
    return rows.size();
}

void add_warnings(Answer& answer, const std::vector<ObservedHost>& hosts) {
    for (const auto& host : hosts) {
        for (const auto& error : {host.error, host.cluster_error}) {
            if (error) {
                answer.warnings.push_back(sentence(*error));
            }
        }
    }
}

}  // namespace

Answer list_vms(const VmInfoRequest& request, cim::CimConnector& connector, const RunContext& /*context*/) {
    auto hosts = take_inventory(connector, request.cluster);
    auto selection = select_vms(request.selection, hosts);
    ask_possible_owners(connector, hosts, places_of(selection), nullptr);

    Answer answer;
    answer.simulated = !request.simulation.empty();
    answer.warnings = std::move(selection.warnings);
    const auto described = host_rows(hosts);
    answer.hosts = described;
    answer.clusters = cluster_rows(hosts, described);
    const auto count = add_vms(answer, hosts, selection);
    add_warnings(answer, hosts);
    answer.message = counted(count, "virtual machine") + " on " + counted(described.size(), "host");
    summarize(answer, false);
    return answer;
}

}  // namespace upshift
