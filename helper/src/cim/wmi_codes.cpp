// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/wmi_codes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace upshift::cim {

namespace {

struct WmiCode {
    std::uint32_t code;
    ErrorKind kind;
    std::string_view symbol;
    std::string_view meaning;
    std::string_view hint;
};

/// Codes, symbols and meanings: "WMI Error Constants" and "System Error Codes".
constexpr std::array<WmiCode, 9> codes{{
    {0x80041002, ErrorKind::not_found, "WBEM_E_NOT_FOUND", "the object is not there (any more)", ""},
    {0x80041003, ErrorKind::access_denied, "WBEM_E_ACCESS_DENIED", "access is denied",
     "Use an elevated administrator, or a member of Hyper-V Administrators."},
    {0x80041008, ErrorKind::failed, "WBEM_E_INVALID_PARAMETER", "a parameter was refused", ""},
    {0x8004100E, ErrorKind::not_supported, "WBEM_E_INVALID_NAMESPACE", "the namespace does not exist",
     "The Hyper-V role is not installed there, or not completely: install it, or take the host out."},
    {0x80041010, ErrorKind::not_supported, "WBEM_E_INVALID_CLASS", "the class does not exist", ""},
    {0x80041017, ErrorKind::failed, "WBEM_E_INVALID_QUERY", "the query names a property that is not there",
     ""},
    {0x8004102E, ErrorKind::not_supported, "WBEM_E_INVALID_METHOD", "the method does not exist", ""},
    {0x80070005, ErrorKind::access_denied, "E_ACCESSDENIED", "access is denied",
     "Use an elevated administrator, or a member of Hyper-V Administrators."},
    {0x800706BA, ErrorKind::connection, "RPC_S_SERVER_UNAVAILABLE", "the host does not answer",
     "Check the host's name, that it is up, and that its firewall admits WMI."},
}};

}  // namespace

OperationError wmi_error(std::uint32_t code, const std::string& attempted, const std::string& object) {
    const auto* const known =
        std::find_if(codes.begin(), codes.end(), [&](const WmiCode& entry) { return entry.code == code; });
    ErrorDetail detail{.kind = ErrorKind::failed,
                       .attempted = attempted,
                       .object = object,
                       .found = "WMI answered with an error",
                       .code = code_text(code),
                       .code_family = "HRESULT"};
    if (known != codes.end()) {
        detail.kind = known->kind;
        detail.found = known->meaning;
        detail.symbol = known->symbol;
        detail.hint = known->hint;
    }
    return OperationError(std::move(detail));
}

}  // namespace upshift::cim
