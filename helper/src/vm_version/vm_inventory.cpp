// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_inventory.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>

#include "support/guid.hpp"

namespace upshift {

namespace {

using cim::Instance;
using Filters = std::vector<std::pair<std::string, cim::Value>>;

/// The text itself, which the instance then has no more.
std::string take_text(Instance& instance, std::string_view name) {
    for (auto& [known, value] : instance.properties) {
        auto* const text = known == name ? std::get_if<std::string>(&value) : nullptr;
        if (text != nullptr) {
            return std::move(*text);
        }
    }
    return "";
}

ObservedVm vm_from(Instance& summary) {
    ObservedVm vm;
    vm.name = take_text(summary, "ElementName");
    vm.id = take_text(summary, "Name");
    if (auto id = parse_guid(vm.id)) {
        vm.id = std::move(*id);
    }
    vm.version_text = take_text(summary, "Version");
    vm.version = parse_configuration_version(vm.version_text);
    vm.state = vm_state_of(summary.number("EnabledState").value_or(0));
    vm.owner = summary.text("HostComputerSystemName");
    const auto mode = summary.number("ReplicationMode").value_or(0);
    // Modes beyond the known ones would be some other side of a replication: as protected as the last known.
    vm.replication = static_cast<Replication>(std::clamp<std::int64_t>(mode, 0, 4));
    return vm;
}

/// "Msvm_SummaryInformation": Version came with build 10240, the same that has the method.
std::vector<ObservedVm> read_summaries(const ObservedHost& host, const Filters& filters,
                                       const std::vector<std::string>& more_columns) {
    // Only named columns: this class has expensive ones, thumbnails among them.
    std::vector<std::string> columns{"Name", "ElementName", "EnabledState", "ReplicationMode"};
    columns.insert(columns.end(), more_columns.begin(), more_columns.end());
    auto rows = host.session->query({"Msvm_SummaryInformation", columns, filters, false});
    std::vector<ObservedVm> vms;
    vms.reserve(rows.size());
    std::transform(rows.begin(), rows.end(), std::back_inserter(vms), vm_from);
    return vms;
}

/// For hosts that do not summarize it.
void add_versions(const ObservedHost& host, std::vector<ObservedVm>& vms, Filters filters) {
    std::unordered_map<std::string, std::string> by_id;
    filters.emplace_back("VirtualSystemType", std::string("Microsoft:Hyper-V:System:Realized"));
    for (const auto& row : host.session->query(
             {"Msvm_VirtualSystemSettingData", {"VirtualSystemIdentifier", "Version"}, filters})) {
        by_id.emplace(parse_guid(row.text("VirtualSystemIdentifier")).value_or(""), row.text("Version"));
    }
    for (auto& vm : vms) {
        vm.version_text = by_id[vm.id];
        vm.version = parse_configuration_version(vm.version_text);
    }
}

std::vector<ObservedVm> read_with_versions(const ObservedHost& host, const Filters& filters,
                                           const Filters& filters_of_settings) {
    if (has_upgrade_method(host)) {
        return read_summaries(host, filters, {"Version"});
    }
    auto vms = read_summaries(host, filters, {});
    add_versions(host, vms, filters_of_settings);
    return vms;
}

void add_saved_checkpoints(const ObservedHost& host, std::vector<ObservedVm>& vms, Filters filters) {
    filters.emplace_back("IsSaved", true);
    // Checkpoints are of the same class as the VM's own settings and carry its identifier.
    const auto rows = host.session->query({"Msvm_VirtualSystemSettingData",
                                           {"ElementName", "VirtualSystemIdentifier", "VirtualSystemType"},
                                           filters});
    std::unordered_map<std::string_view, ObservedVm*> by_id;
    for (std::size_t i = 0; !rows.empty() && i < vms.size(); ++i) {
        by_id.emplace(vms[i].id, &vms[i]);
    }
    for (const auto& row : rows) {
        const auto id = parse_guid(row.text("VirtualSystemIdentifier"));
        const auto vm = id ? by_id.find(*id) : by_id.end();
        if (vm != by_id.end() && row.text("VirtualSystemType").starts_with("Microsoft:Hyper-V:Snapshot:")) {
            vm->second->saved_checkpoints.push_back({row.text("ElementName"), row.path});
        }
    }
}

}  // namespace

std::vector<ObservedVm> read_vms(const ObservedHost& host) {
    auto vms = read_with_versions(host, {}, {});
    add_saved_checkpoints(host, vms, {});
    return vms;
}

std::vector<ObservedVm> read_cluster_vms(const ObservedHost& host) {
    return read_summaries(host, {}, {"Version", "HostComputerSystemName"});
}

std::optional<ObservedVm> read_again(const ObservedHost& host, const ObservedVm& vm) {
    const Filters of_settings{{"VirtualSystemIdentifier", vm.id}};
    auto found = read_with_versions(host, {{"Name", vm.id}}, of_settings);
    if (found.empty()) {
        return std::nullopt;
    }
    add_saved_checkpoints(host, found, of_settings);
    found.front().clustered = vm.clustered;
    found.front().possible_owners = vm.possible_owners;
    found.front().noted = vm.noted;
    return std::move(found.front());
}

}  // namespace upshift
