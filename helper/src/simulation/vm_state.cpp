// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/vm_state.hpp"

#include <unordered_map>

#include <nlohmann/json.hpp>

#include "support/error.hpp"

namespace upshift::simulation {

using nlohmann::json;

namespace {

std::string key_of(const std::string& host, const std::string& id) {
    return host + "\n" + id;
}

void apply_row(DescribedVm& vm, const json& row) {
    vm.version = row.at("version").get<std::string>();
    vm.state = row.at("state").get<std::string>();
    vm.saved_checkpoints = row.at("saved_checkpoints").get<std::vector<std::string>>();
    vm.upgrade_calls = row.at("upgrade_calls").get<std::int64_t>();
    vm.changed = true;
}

}  // namespace

json vm_state_rows(const std::vector<DescribedVm>& vms) {
    json rows = json::array();
    for (const auto& vm : vms) {
        if (vm.changed) {
            rows.push_back({{"host", vm.host},
                            {"id", vm.id},
                            {"name", vm.name},
                            {"version", vm.version},
                            {"state", vm.state},
                            {"saved_checkpoints", vm.saved_checkpoints},
                            {"upgrade_calls", vm.upgrade_calls}});
        }
    }
    return rows;
}

void apply_vm_state(std::vector<DescribedVm>& vms, const StateFile& state) {
    const json rows = state.section("vms");
    if (rows.is_null()) {
        return;
    }
    std::unordered_map<std::string, DescribedVm*> by_key;
    for (auto& vm : vms) {
        by_key.emplace(key_of(vm.host, vm.id), &vm);
    }
    try {
        for (const auto& row : rows) {
            const auto found =
                by_key.find(key_of(row.at("host").get<std::string>(), row.at("id").get<std::string>()));
            if (found != by_key.end()) {
                apply_row(*found->second, row);
            }
        }
    } catch (const json::exception& error) {
        state.refuse_damaged(std::string("its vms are not as they were written: ") + error.what());
    }
}

}  // namespace upshift::simulation
