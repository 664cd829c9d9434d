// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <string>
#include <wbemcli.h>

#include "cim/cim_session.hpp"
#include "cim/windows/com_pointer.hpp"
#include "cim/windows/com_variant.hpp"

// CIM values as WMI hands them to COM clients ("Numbers", "Qualifier Data Types", "CIMTYPE_ENUMERATION").
namespace upshift::cim {

/// A property or parameter of that CIM type. Numbers of 64 bits and dates are texts there already; a
/// reference becomes its path, an embedded object its class and its properties as texts.
Value value_from(const VARIANT& variant, CIMTYPE type);

/// The property of that name, with its type; false where the class lacks it.
struct TypedVariant {
    Variant variant;
    CIMTYPE type = CIM_EMPTY;
};
bool read_property(IWbemClassObject& object, const wchar_t* name, TypedVariant& result);

/// The path of an object, without server and namespace; the class alone where WMI knows none.
ObjectPath path_of(IWbemClassObject& object, const std::string& class_name);

/// The text of an object's system property, such as __SERVER.
std::string system_text(IWbemClassObject& object, const wchar_t* name);

}  // namespace upshift::cim
