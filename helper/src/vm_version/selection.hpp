// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "contract/request.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// A VM by its place in what was observed.
struct SelectedVm {
    std::size_t host = 0;
    std::size_t vm = 0;
};

/// A VM that was asked for, or an exact name or id that no host has.
struct SelectionEntry {
    std::optional<SelectedVm> vm;
    std::string absent_name;  ///< set where vm is not
    std::string absent_id;
};

struct Selection {
    std::vector<SelectionEntry> entries;  ///< in the order asked for; no VM twice
    std::vector<std::string> warnings;    ///< patterns that meet no VM
};

/// Finds what was asked for: names first, then ids, in the order given, hosts and their VMs in the order
/// observed. Whoever asks for no name and no id means all. An excluded VM counts as being there.
Selection select_vms(const VmSelection& asked, const std::vector<ObservedHost>& hosts);

}  // namespace upshift
