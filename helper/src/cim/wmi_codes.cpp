// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/wmi_codes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace upshift::cim {

namespace {

/// What follows from a code for doing the call again.
enum class Again {
    no,            ///< it lasts, and a method may have run
    not_run,       ///< it lasts, and a method surely did not run
    later,         ///< it passes, and a method may have run
    later_not_run  ///< it passes, and a method surely did not run
};

struct WmiCode {
    std::uint32_t code;
    ErrorKind kind;
    Again again;
    std::string_view symbol;
    std::string_view meaning;
    std::string_view hint;
};

constexpr std::string_view use_a_manager =
    "Use an elevated administrator, or a member of Hyper-V Administrators.";
constexpr std::string_view try_when_less_busy = "Try again when the host is less busy.";
constexpr std::string_view look_at_wmi = "Look into the WMI-Activity event log of the host.";
constexpr std::string_view check_the_way =
    "Check the host's name, that it is up, and that its firewall admits WMI.";

/// Codes, symbols and meanings: "WMI Error Constants", "COM Error Codes (RPC)" and "System Error Codes".
/// Which of them surely come before a method runs: the parameters, the object and the rights are checked
/// first; a call that was rejected (RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER), not executed (DNE) or
/// that never reached the host's RPC service (too busy) was not handed on.
constexpr std::array<WmiCode, 35> codes{{
    {0x80041001, ErrorKind::failed, Again::no, "WBEM_E_FAILED", "WMI failed without saying why", look_at_wmi},
    {0x80041002, ErrorKind::not_found, Again::not_run, "WBEM_E_NOT_FOUND",
     "the object is not there (any more)", ""},
    {0x80041003, ErrorKind::access_denied, Again::not_run, "WBEM_E_ACCESS_DENIED", "access is denied",
     use_a_manager},
    {0x80041004, ErrorKind::failed, Again::no, "WBEM_E_PROVIDER_FAILURE", "Hyper-V's WMI provider failed",
     look_at_wmi},
    {0x80041005, ErrorKind::failed, Again::not_run, "WBEM_E_TYPE_MISMATCH",
     "a parameter of another type was expected", ""},
    {0x80041006, ErrorKind::failed, Again::no, "WBEM_E_OUT_OF_MEMORY", "the host is out of memory",
     "Free memory on the host and try again."},
    {0x80041008, ErrorKind::failed, Again::not_run, "WBEM_E_INVALID_PARAMETER", "a parameter was refused",
     ""},
    {0x8004100C, ErrorKind::not_supported, Again::not_run, "WBEM_E_NOT_SUPPORTED",
     "the host does not support this", ""},
    {0x8004100E, ErrorKind::not_supported, Again::not_run, "WBEM_E_INVALID_NAMESPACE",
     "the namespace does not exist",
     "The Hyper-V role is not installed there, or not completely: install it, or take the host out."},
    {0x80041010, ErrorKind::not_supported, Again::not_run, "WBEM_E_INVALID_CLASS", "the class does not exist",
     ""},
    {0x80041013, ErrorKind::failed, Again::not_run, "WBEM_E_PROVIDER_LOAD_FAILURE",
     "Hyper-V's WMI provider could not be loaded",
     "Look whether the service Hyper-V Virtual Machine Management (vmms) runs, and repair the role."},
    {0x80041015, ErrorKind::connection, Again::later, "WBEM_E_TRANSPORT_FAILURE",
     "the connection to the host broke", check_the_way},
    {0x80041017, ErrorKind::failed, Again::not_run, "WBEM_E_INVALID_QUERY",
     "the query names a property that is not there", ""},
    {0x8004102E, ErrorKind::not_supported, Again::not_run, "WBEM_E_INVALID_METHOD",
     "the method does not exist", ""},
    {0x8004102F, ErrorKind::failed, Again::not_run, "WBEM_E_INVALID_METHOD_PARAMETERS",
     "the parameters do not fit the method", ""},
    {0x80041032, ErrorKind::failed, Again::no, "WBEM_E_CALL_CANCELLED", "the call was cancelled on the host",
     "Somebody stopped it, or WMI was restarted. Try again."},
    {0x80041033, ErrorKind::connection, Again::no, "WBEM_E_SHUTTING_DOWN",
     "WMI is being shut down on the host", "Try again when the host, or its service winmgmt, runs again."},
    {0x8004103A, ErrorKind::failed, Again::not_run, "WBEM_E_INVALID_OBJECT_PATH",
     "the object's path was refused", ""},
    {0x80041045, ErrorKind::busy, Again::later, "WBEM_E_SERVER_TOO_BUSY", "WMI is too busy on the host",
     try_when_less_busy},
    {0x80041055, ErrorKind::not_supported, Again::not_run, "WBEM_E_METHOD_NOT_IMPLEMENTED",
     "the method is there in name only", ""},
    {0x80041056, ErrorKind::not_supported, Again::not_run, "WBEM_E_METHOD_DISABLED",
     "the method is switched off", ""},
    {0x80041064, ErrorKind::authentication, Again::not_run, "WBEM_E_LOCAL_CREDENTIALS",
     "a user name was given for this computer itself", "Leave the user name out."},
    {0x80041069, ErrorKind::timeout, Again::no, "WBEM_E_TIMED_OUT", "WMI gave up after its own time limit",
     try_when_less_busy},
    {0x8004106C, ErrorKind::busy, Again::later, "WBEM_E_QUOTA_VIOLATION",
     "WMI has reached a quota of its own on the host", try_when_less_busy},
    {0x80041087, ErrorKind::connection, Again::not_run, "WBEM_E_ENCRYPTED_CONNECTION_REQUIRED",
     "the namespace admits encrypted connections only", ""},
    {0x80010001, ErrorKind::busy, Again::later_not_run, "RPC_E_CALL_REJECTED", "the host rejected the call",
     try_when_less_busy},
    {0x80010108, ErrorKind::connection, Again::no, "RPC_E_DISCONNECTED",
     "the object on the host is gone, as after a restart of WMI", "Try again."},
    {0x8001010A, ErrorKind::busy, Again::later_not_run, "RPC_E_SERVERCALL_RETRYLATER",
     "the host is busy and asks to be called later", try_when_less_busy},
    {0x80070005, ErrorKind::access_denied, Again::not_run, "E_ACCESSDENIED", "access is denied",
     use_a_manager},
    {0x8007000E, ErrorKind::failed, Again::no, "E_OUTOFMEMORY", "there was not enough memory",
     "Free memory and try again."},
    {0x8007052E, ErrorKind::authentication, Again::not_run, "ERROR_LOGON_FAILURE",
     "the user name or the password is wrong", ""},
    {0x800706BA, ErrorKind::connection, Again::later, "RPC_S_SERVER_UNAVAILABLE", "the host does not answer",
     check_the_way},
    {0x800706BB, ErrorKind::busy, Again::later_not_run, "RPC_S_SERVER_TOO_BUSY", "the host is too busy",
     try_when_less_busy},
    {0x800706BE, ErrorKind::connection, Again::later, "RPC_S_CALL_FAILED",
     "the call broke off, as when WMI's provider ends on the host", look_at_wmi},
    {0x800706BF, ErrorKind::connection, Again::later_not_run, "RPC_S_CALL_FAILED_DNE",
     "the call broke off before it was executed", check_the_way},
}};

}  // namespace

CimError wmi_error(std::uint32_t code, const std::string& attempted, const std::string& object) {
    const auto* const known =
        std::find_if(codes.begin(), codes.end(), [&](const WmiCode& entry) { return entry.code == code; });
    ErrorDetail detail{.kind = ErrorKind::failed,
                       .attempted = attempted,
                       .object = object,
                       .found = "WMI answered with an error",
                       .code = code_text(code),
                       .code_family = "HRESULT"};
    if (known == codes.end()) {
        return {std::move(detail), code, false, true};
    }
    detail.kind = known->kind;
    detail.found = known->meaning;
    detail.symbol = known->symbol;
    detail.hint = known->hint;
    return {std::move(detail), code, known->again == Again::later || known->again == Again::later_not_run,
            known->again == Again::no || known->again == Again::later};
}

bool may_have_run(const OperationError& error) {
    const auto* const known = dynamic_cast<const CimError*>(&error);
    return known == nullptr || known->may_have_run();
}

}  // namespace upshift::cim
