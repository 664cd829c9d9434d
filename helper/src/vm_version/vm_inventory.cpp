// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_inventory.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "support/guid.hpp"

namespace upshift {

namespace {

using cim::Instance;
using Filters = std::vector<std::pair<std::string, cim::Value>>;

ObservedVm vm_from(const Instance& summary) {
    ObservedVm vm;
    vm.name = summary.text("ElementName");
    vm.id = parse_guid(summary.text("Name")).value_or(summary.text("Name"));
    vm.version_text = summary.text("Version");
    vm.version = parse_configuration_version(vm.version_text);
    vm.state = vm_state_of(summary.number("EnabledState").value_or(0));
    const auto mode = summary.number("ReplicationMode").value_or(0);
    // Modes beyond the known ones would be some other side of a replication: as protected as the last known.
    vm.replication = static_cast<Replication>(std::clamp<std::int64_t>(mode, 0, 4));
    return vm;
}

std::vector<ObservedVm> read_summaries(const ObservedHost& host, const Filters& filters) {
    // Only named columns: this class has expensive ones, thumbnails among them.
    const auto rows =
        host.session->query({"Msvm_SummaryInformation",
                             {"Name", "ElementName", "EnabledState", "Version", "ReplicationMode"},
                             filters});
    std::vector<ObservedVm> vms;
    vms.reserve(rows.size());
    std::transform(rows.begin(), rows.end(), std::back_inserter(vms), vm_from);
    return vms;
}

void add_saved_checkpoints(const ObservedHost& host, std::vector<ObservedVm>& vms, Filters filters) {
    std::unordered_map<std::string, ObservedVm*> by_id;
    for (auto& vm : vms) {
        by_id.emplace(vm.id, &vm);
    }
    filters.emplace_back("IsSaved", true);
    // Checkpoints are of the same class as the VM's own settings and carry its identifier.
    for (const auto& row :
         host.session->query({"Msvm_VirtualSystemSettingData",
                              {"ElementName", "VirtualSystemIdentifier", "VirtualSystemType"},
                              filters})) {
        const auto id = parse_guid(row.text("VirtualSystemIdentifier"));
        const auto vm = id ? by_id.find(*id) : by_id.end();
        if (vm != by_id.end() && row.text("VirtualSystemType").starts_with("Microsoft:Hyper-V:Snapshot:")) {
            vm->second->saved_checkpoints.push_back({row.text("ElementName"), row.path});
        }
    }
}

}  // namespace

std::vector<ObservedVm> read_vms(const ObservedHost& host) {
    auto vms = read_summaries(host, {});
    add_saved_checkpoints(host, vms, {});
    return vms;
}

std::optional<ObservedVm> read_again(const ObservedHost& host, const ObservedVm& vm) {
    auto found = read_summaries(host, {{"Name", vm.id}});
    if (found.empty()) {
        return std::nullopt;
    }
    add_saved_checkpoints(host, found, {{"VirtualSystemIdentifier", vm.id}});
    found.front().clustered = vm.clustered;
    found.front().possible_owners = vm.possible_owners;
    return std::move(found.front());
}

}  // namespace upshift
