// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

// The WMI codes that a described host answers with ("WMI Error Constants").
namespace upshift::simulation {

constexpr std::uint32_t wbem_e_failed = 0x80041001;
constexpr std::uint32_t wbem_e_not_found = 0x80041002;
constexpr std::uint32_t wbem_e_access_denied = 0x80041003;
constexpr std::uint32_t wbem_e_invalid_parameter = 0x80041008;
constexpr std::uint32_t wbem_e_not_supported = 0x8004100C;
constexpr std::uint32_t wbem_e_invalid_namespace = 0x8004100E;
constexpr std::uint32_t wbem_e_invalid_class = 0x80041010;
constexpr std::uint32_t wbem_e_invalid_query = 0x80041017;
constexpr std::uint32_t wbem_e_invalid_method = 0x8004102E;
constexpr std::uint32_t wbem_e_invalid_object_path = 0x8004103A;
constexpr std::uint32_t wbem_e_timed_out = 0x80041069;
constexpr std::uint32_t rpc_s_server_unavailable = 0x800706BA;

}  // namespace upshift::simulation
