// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <oleauto.h>
#include <string>
#include <string_view>
#include <wbemcli.h>

#include "cim/cim_session.hpp"

// The model's values as WMI hands them to clients, and back. Strict: what WMI refuses is refused.
namespace upshift::test_provider {

/// Empty where there is none.
std::string narrow(const wchar_t* text);
BSTR new_bstr(std::string_view text);

/// Fills an empty VARIANT. References come as text after that prefix, which names server and namespace.
void to_variant(const cim::Value& value, CIMTYPE type, const std::string& prefix, VARIANT& variant);

/// The value of a property of that type. Throws WmiFailure, WBEM_E_TYPE_MISMATCH where WMI would want a
/// VARIANT of another type, WBEM_E_VALUE_OUT_OF_RANGE where the number does not fit.
cim::Value from_variant(const VARIANT& variant, CIMTYPE type);

}  // namespace upshift::test_provider
