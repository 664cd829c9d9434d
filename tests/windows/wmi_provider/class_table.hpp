// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <string_view>
#include <vector>
#include <wbemcli.h>

#include "simulation/cim_namespace.hpp"

namespace upshift::test_provider {

/// A property, or a parameter of a method. A parameter that is not optional must not be NULL.
struct PropertyDefinition {
    std::string_view name;
    CIMTYPE type = CIM_STRING;
    bool is_key = false;
    bool is_optional = false;
};

/// Every method gives a uint32 ReturnValue besides.
struct MethodDefinition {
    std::string_view name;
    std::vector<PropertyDefinition> in;
    std::vector<PropertyDefinition> out;
    std::string_view source;
    bool is_static = false;  ///< called on the class
};

struct ClassDefinition {
    std::string_view name;
    std::vector<simulation::CimNamespace> namespaces;
    std::vector<PropertyDefinition> properties;
    std::vector<MethodDefinition> methods;
    std::string_view source;

    const PropertyDefinition* property(std::string_view wanted) const;
    const MethodDefinition* method(std::string_view wanted) const;
};

/// The classes as Windows has them, as far as the model knows them: names, keys, types and signatures from
/// the sources named in each row, never from what the client sends.
const std::vector<ClassDefinition>& class_table();

/// The class of that name (in any case) in that namespace, or nullptr.
const ClassDefinition* find_class(simulation::CimNamespace space, std::string_view name);

}  // namespace upshift::test_provider
