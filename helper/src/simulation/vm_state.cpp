// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/vm_state.hpp"

#include "simulation/json_text.hpp"
#include "simulation/vm_row.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

constexpr const char* section = "vms";

std::string key_of(const std::string& host, const std::string& id) {
    return host + "\n" + id;
}

std::string key_of(const json& row) {
    return key_of(row.at("host").get<std::string>(), row.at("id").get<std::string>());
}

/// Reads what a run wrote; anything else is damage.
template <typename Read>
void read_or_refuse(const StateFile& state, const Read& read) {
    try {
        read();
    } catch (const json::exception& error) {
        state.refuse_damaged(std::string("its vms are not as they were written: ") + error.what());
    }
}

}  // namespace

VmState::VmState(std::shared_ptr<StateFile> state, WallTime time) : state_(std::move(state)), time_(time) {
    read_or_refuse(*state_, [&] {
        const json rows = state_->section(section);
        for (const auto& row : rows) {
            put(key_of(row), text_of_json(row));
        }
    });
}

void VmState::apply(std::vector<DescribedVm>& vms) const {
    if (rows_.empty()) {
        return;
    }
    for (auto& vm : vms) {
        const auto row = row_of_.find(key_of(vm.host, vm.id));
        if (row != row_of_.end()) {
            read_or_refuse(*state_, [&] { apply_state_row(vm, parse_json(rows_[row->second]), time_); });
        }
    }
}

void VmState::store(const std::vector<DescribedVm>& changed) {
    for (const auto& vm : changed) {
        put(key_of(vm.host, vm.id), text_of_json(state_row(vm, time_)));
    }
    std::string text = "[";
    for (const auto& row : rows_) {
        text += (text.size() == 1 ? "\n" : ",\n") + row;
    }
    state_->store_text(section, text + "\n]");
}

void VmState::put(const std::string& key, std::string row) {
    const auto [known, is_new] = row_of_.emplace(key, rows_.size());
    if (is_new) {
        rows_.push_back(std::move(row));
    } else {
        rows_[known->second] = std::move(row);
    }
}

}  // namespace upshift::simulation
