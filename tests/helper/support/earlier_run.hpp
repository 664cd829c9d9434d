// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "described.hpp"

// What an earlier run may have left behind, and requests that come upon it.
namespace upshift::test {

/// What a run that was killed after it had shut the VM down leaves in the journal.
inline JournalEntry shut_down_earlier(const std::string& name, const std::string& host = "hv1") {
    return {.operation = "hyperv_vm_version",
            .host = host,
            .id = simulation::derived_guid("hv1", name, 0),
            .name = name,
            .begun = "shutting down",
            .restart = true};
}

inline VmVersionRequest asking_for(const std::string& name) {
    VmVersionRequest request;
    request.selection.names = {name};
    return request;
}

inline std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace upshift::test
