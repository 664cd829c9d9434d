// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/method_codes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace upshift::cim {

namespace {

struct MethodCode {
    std::uint32_t code;
    ErrorKind kind;
    std::string_view meaning;
    std::string_view hint;
};

/// 1 to 6 are CIM's ("UpgradeSystemVersion method"), 32768 to 32778 Hyper-V's ("GetErrorEx method of the
/// Msvm_ConcreteJob class"), 32779 to 32782 of the guest's shutdown ("InitiateShutdown method"), 32783 and
/// 32789 from the error mapper of Microsoft's own client; 32784 was seen on import.
constexpr std::array<MethodCode, 26> codes{{
    {0, ErrorKind::failed, "Hyper-V reported success", ""},
    {1, ErrorKind::not_supported, "Hyper-V does not support this", ""},
    {2, ErrorKind::failed, "the method failed without saying why", "Look into the Hyper-V-VMMS event log."},
    {3, ErrorKind::timeout, "the method ran into its own time limit",
     "Try again when the host is less busy."},
    {4, ErrorKind::failed, "the method refused a parameter", ""},
    {5, ErrorKind::wrong_state, "the method does not work in the state the virtual machine is in", ""},
    {6, ErrorKind::failed, "Hyper-V found parameters that do not fit each other", ""},
    {4096, ErrorKind::failed, "Hyper-V started a job and did not name it", ""},
    {32768, ErrorKind::failed, "Hyper-V failed without saying why", "Look into the Hyper-V-VMMS event log."},
    {32769, ErrorKind::access_denied, "Hyper-V denied access",
     "Use an elevated administrator, or a member of Hyper-V Administrators."},
    {32770, ErrorKind::not_supported, "Hyper-V does not support this for the virtual machine", ""},
    {32771, ErrorKind::failed, "Hyper-V does not know the virtual machine's status",
     "Look at its storage and at the Hyper-V-VMMS event log."},
    {32772, ErrorKind::timeout, "Hyper-V gave up after its own time limit",
     "Try again when the host is less busy."},
    {32773, ErrorKind::failed, "Hyper-V refused a parameter", ""},
    {32774, ErrorKind::busy, "something else is being done to the virtual machine",
     "Try again when its backup, migration or merge is over."},
    {32775, ErrorKind::wrong_state, "Hyper-V refused it in the state the virtual machine is in", ""},
    {32776, ErrorKind::failed, "Hyper-V refused the type of a parameter", ""},
    {32777, ErrorKind::busy, "the virtual machine is not available", "Try again later."},
    {32778, ErrorKind::failed, "the host is out of memory", "Free memory on the host and try again."},
    {32779, ErrorKind::failed, "a file of the virtual machine was not found",
     "Look whether its storage is connected."},
    {32780, ErrorKind::busy, "the guest is not ready to be shut down",
     "Try again when it has started, or look at its integration services."},
    {32781, ErrorKind::refused, "the guest is locked and would lose unsaved work",
     "Sign out of its console, or shut it down by hand."},
    {32782, ErrorKind::busy, "the guest is already shutting down", "Try again when it is off."},
    {32783, ErrorKind::wrong_state, "a restart is needed first", "Restart the virtual machine or the host."},
    {32784, ErrorKind::not_supported, "the host does not support the virtual machine's version", ""},
    {32789, ErrorKind::not_found, "the virtual machine is not there (any more)",
     "Look whether it has moved to another host."},
}};

/// The way out where it is another for each method.
struct MethodHint {
    std::string_view method;
    std::uint32_t code;
    std::string_view hint;
};

constexpr std::string_view must_be_off = "It must be off, without saved state in it or its checkpoints.";
constexpr std::string_view only_a_running_guest =
    "Only a running guest can be asked: look which state it is in, and shut it down by hand.";
constexpr std::string_view no_shutdown_service =
    "Enable the shutdown service among its integration services, or shut it down by hand.";
constexpr std::string_view look_at_its_state =
    "Look which state it is in, and start it or turn it off by hand once nothing else is done to it.";
constexpr std::string_view look_at_the_checkpoint =
    "Look whether the checkpoint is being applied, merged or deleted, and apply or delete it by hand.";

/// "InitiateShutdown method", "RequestStateChange method of the Msvm_ComputerSystem class",
/// "ClearSnapshotState method".
constexpr std::array<MethodHint, 12> hints{{
    {"UpgradeSystemVersion", 5, must_be_off},
    {"UpgradeSystemVersion", 32775, must_be_off},
    {"UpgradeSystemVersion", 32784, "Upgrade it on a host that still does."},
    {"InitiateShutdown", 1, no_shutdown_service},
    {"InitiateShutdown", 5, only_a_running_guest},
    {"InitiateShutdown", 32770, no_shutdown_service},
    {"InitiateShutdown", 32775, only_a_running_guest},
    {"RequestStateChange", 5, look_at_its_state},
    {"RequestStateChange", 32775, look_at_its_state},
    {"RequestStateChange", 32784, "It runs only on a host that does."},
    {"ClearSnapshotState", 5, look_at_the_checkpoint},
    {"ClearSnapshotState", 32775, look_at_the_checkpoint},
}};

std::string_view hint_of(const MethodCode& known, std::string_view method) {
    const auto* const own = std::find_if(hints.begin(), hints.end(), [&](const MethodHint& entry) {
        return entry.method == method && entry.code == known.code;
    });
    return own == hints.end() ? known.hint : own->hint;
}

std::string_view meaning_by_range(std::uint32_t code) {
    if (code < 4096) {
        return "it returned a number that CIM reserves";
    }
    if (code < 32768) {
        return "it returned a number that CIM leaves to methods";
    }
    return code < 32800 ? "it returned a number that Hyper-V keeps for its own errors and does not document"
                        : "it returned a number of Hyper-V's own that is not documented";
}

}  // namespace

ErrorDetail method_error(std::uint32_t code, const std::string& method, const std::string& attempted,
                         const std::string& object) {
    const auto* const known =
        std::find_if(codes.begin(), codes.end(), [&](const MethodCode& entry) { return entry.code == code; });
    ErrorDetail detail{.kind = ErrorKind::failed,
                       .attempted = attempted,
                       .object = object,
                       .found = std::string(meaning_by_range(code)),
                       .code = code_text(code),
                       .code_family = method};
    if (known != codes.end()) {
        detail.kind = known->kind;
        detail.found = known->meaning;
        detail.hint = hint_of(*known, method);
    }
    return detail;
}

}  // namespace upshift::cim
