// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/observed.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "support/pattern.hpp"

namespace upshift {

std::string_view name_of(VmState state) {
    constexpr std::array<std::string_view, 7> names{"off",      "running",  "saved", "paused",
                                                    "starting", "stopping", "other"};
    return names.at(static_cast<std::size_t>(state));
}

VmState vm_state_of(std::int64_t enabled_state) {
    // Values of namespace v2, then those of the old namespace that some hosts still give
    // ("Msvm_ComputerSystem class"). Hibernated (32783) and what no table knows are other.
    constexpr std::array<std::pair<std::int64_t, VmState>, 15> states{{{2, VmState::running},
                                                                       {3, VmState::off},
                                                                       {4, VmState::stopping},
                                                                       {6, VmState::saved},
                                                                       {9, VmState::paused},
                                                                       {10, VmState::starting},
                                                                       {11, VmState::starting},
                                                                       {32779, VmState::saved},
                                                                       {32781, VmState::stopping},
                                                                       {32777, VmState::starting},
                                                                       {32768, VmState::paused},
                                                                       {32769, VmState::saved},
                                                                       {32770, VmState::starting},
                                                                       {32774, VmState::stopping},
                                                                       {32782, VmState::starting}}};
    const auto* const known = std::find_if(states.begin(), states.end(),
                                           [&](const auto& entry) { return entry.first == enabled_state; });
    return known == states.end() ? VmState::other : known->second;
}

std::string_view name_of(Replication replication) {
    constexpr std::array<std::string_view, 5> names{"none", "primary", "replica", "test_replica",
                                                    "extended_replica"};
    return names.at(static_cast<std::size_t>(replication));
}

bool has_upgrade_method(const ObservedHost& host) {
    constexpr int first_build_with_it = 10240;
    int number = 0;
    const auto* const end = host.build.data() + host.build.size();
    const auto read = std::from_chars(host.build.data(), end, number);
    return read.ec != std::errc() || read.ptr != end || number >= first_build_with_it;
}

bool same_host(std::string_view one, std::string_view other) {
    const auto is_full = [](std::string_view name) { return name.find('.') != std::string_view::npos; };
    if (is_full(one) != is_full(other)) {
        one = one.substr(0, one.find('.'));
        other = other.substr(0, other.find('.'));
    }
    return fold_case(one) == fold_case(other);
}

bool is_left_off(const ObservedVm& vm) {
    return vm.state == VmState::off && vm.noted && vm.noted->restart;
}

}  // namespace upshift
