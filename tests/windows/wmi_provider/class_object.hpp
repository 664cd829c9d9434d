// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <string>
#include <vector>
#include <wbemcli.h>

#include "cim/cim_session.hpp"
#include "class_table.hpp"

namespace upshift::test_provider {

struct ObjectProperty {
    std::string name;
    CIMTYPE type = CIM_STRING;
    bool is_key = false;
    cim::Value value;
};

/// What stands behind one IWbemClassObject: a class, an instance of one, or the parameters of a method.
struct ObjectContent {
    std::string class_name;
    const ClassDefinition* definition = nullptr;  ///< of a class; nullptr for all else
    std::vector<std::string> lacking;             ///< methods that this build's class does not have
    std::string server;
    std::string cim_namespace;
    std::string relative_path;  ///< empty: NULL, as of rows that were read without their keys
    std::vector<ObjectProperty> properties;

    /// `\\SERVER\namespace:`
    std::string prefix() const { return R"(\\)" + server + "\\" + cim_namespace + ":"; }
    /// The property of that name in any case, or nullptr.
    const ObjectProperty* find(std::string_view name) const;
    ObjectProperty* find(std::string_view name);
};

/// The caller holds the one reference.
IWbemClassObject* new_class_object(ObjectContent content);

/// An object inside a property.
IUnknown* new_embedded_object(const cim::EmbeddedInstance& embedded);

/// What stands behind an object of this provider; nullptr for one of anybody else.
const ObjectContent* content_of(IWbemClassObject* object);

}  // namespace upshift::test_provider
