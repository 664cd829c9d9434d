// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances.hpp"

#include <algorithm>

#include "com_object.hpp"
#include "embedded_text.hpp"
#include "live_products.hpp"
#include "values.hpp"

namespace upshift::test_provider {

using simulation::CimNamespace;
using simulation::same_text;

namespace {

/// Not every host has these.
bool is_optional(std::string_view class_name) {
    return class_name == "Msvm_VirtualSystemUpgradeSettingData" || class_name == "Win32_Product";
}
/// The build that brought UpgradeSystemVersion ("class database of Justsenger/HyperV-WMI-Documentation").
constexpr int first_build_that_upgrades = 10240;

bool is_kept_in_path(const PropertyDefinition& property) {
    return property.is_key && property.type == CIM_STRING;
}

const std::string* key_in(const cim::ObjectPath& path, std::string_view name) {
    const auto found = std::find_if(path.keys.begin(), path.keys.end(),
                                    [&](const auto& key) { return same_text(key.first, name); });
    return found == path.keys.end() ? nullptr : &found->second;
}

std::vector<std::string> all_columns(const ClassDefinition& definition) {
    std::vector<std::string> columns;
    columns.reserve(definition.properties.size());
    for (const auto& property : definition.properties) {
        columns.emplace_back(property.name);
    }
    return columns;
}

/// Those that the model is asked for: it shows texts of keys in the path.
std::vector<std::string> columns_of_model(const ClassDefinition& definition,
                                          const std::vector<std::string>& columns) {
    std::vector<std::string> asked;
    for (const auto& column : columns) {
        const auto* property = definition.property(column);
        if (property == nullptr) {
            fail(WBEM_E_INVALID_QUERY);
        }
        if (!is_kept_in_path(*property)) {
            asked.emplace_back(property->name);
        }
    }
    return asked;
}

void expect_every_key(const ClassDefinition& definition, const cim::ObjectPath& path) {
    const auto has_key = [&](const PropertyDefinition& property) {
        return !property.is_key || key_in(path, property.name) != nullptr;
    };
    if (!std::all_of(definition.properties.begin(), definition.properties.end(), has_key)) {
        fail(WBEM_E_INVALID_OBJECT_PATH);
    }
}

}  // namespace

Instances::Instances(DescribedWorld& world, simulation::Place place, std::string cim_namespace)
    : world_(world), place_(std::move(place)), cim_namespace_(std::move(cim_namespace)) {}

const ClassDefinition& Instances::definition_of(const std::string& class_name) const {
    const auto* definition = find_class(place_.space, class_name);
    if (definition == nullptr) {
        fail(WBEM_E_INVALID_CLASS);
    }
    return *definition;
}

bool Instances::lacks_upgrading() {
    const auto rows = world_.model().query({place_.host, CimNamespace::operating_system},
                                           {"Win32_OperatingSystem", {"BuildNumber"}, {}});
    const auto build = rows.empty() ? std::string() : rows.front().text("BuildNumber");
    return !build.empty() && std::atoi(build.c_str()) < first_build_that_upgrades;
}

ObjectContent Instances::class_content(const ClassDefinition& definition) {
    ObjectContent made;
    made.class_name = definition.name;
    made.definition = &definition;
    made.server = place_.host;
    made.cim_namespace = cim_namespace_;
    made.relative_path = definition.name;
    for (const auto& property : definition.properties) {
        made.properties.push_back({std::string(property.name), property.type, property.is_key, {}});
    }
    if (definition.method("UpgradeSystemVersion") != nullptr && lacks_upgrading()) {
        made.lacking.emplace_back("UpgradeSystemVersion");
    }
    return made;
}

ObjectContent Instances::content(const ClassDefinition& definition, const cim::Instance& instance,
                                 const std::vector<std::string>& columns) const {
    ObjectContent made;
    made.class_name = definition.name;
    made.server = place_.host;
    made.cim_namespace = cim_namespace_;
    cim::ObjectPath path{made.class_name, {}};
    bool has_every_key = true;
    for (const auto& property : definition.properties) {
        const bool is_wanted = std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
            return same_text(column, property.name);
        });
        if (!is_wanted) {
            has_every_key = has_every_key && !property.is_key;
            continue;
        }
        const auto* key = is_kept_in_path(property) ? key_in(instance.path, property.name) : nullptr;
        const auto* read = instance.find(property.name);
        cim::Value value;
        if (key != nullptr) {
            value = *key;
        } else if (read != nullptr) {
            value = *read;
        }
        if (const auto* reference = std::get_if<cim::ObjectPath>(&value); reference != nullptr) {
            path.keys.emplace_back(property.name, made.prefix() + path_text(*reference));
        } else if (key != nullptr) {
            path.keys.emplace_back(property.name, *key);
        }
        made.properties.push_back({std::string(property.name), property.type, property.is_key, value});
    }
    made.relative_path = has_every_key ? path_text(path) : "";
    return made;
}

Rows Instances::query(const ParsedQuery& query) {
    Rows rows;
    rows.instances =
        world_.make(query.referenced ? "references" : "query", query.class_name, place_.host, [&] {
            rows.definition = &definition_of(query.class_name);
            rows.columns = query.columns.empty() ? all_columns(*rows.definition) : query.columns;
            const auto asked = columns_of_model(*rows.definition, rows.columns);
            return query.referenced
                       ? world_.model().references(place_, *query.referenced, query.class_name, asked)
                       : world_.model().query(place_, {query.class_name, asked, query.filters});
        });
    return rows;
}

ObjectContent Instances::get(const cim::ObjectPath& path) {
    const auto& definition = definition_of(path.class_name);
    if (has_live_products() && definition.name == "Win32_Product") {
        return path.keys.empty() ? class_content(definition)
                                 : content(definition, live_product(path), all_columns(definition));
    }
    if (path.keys.empty() && !is_optional(definition.name)) {
        return class_content(definition);
    }
    const auto found = world_.make("get", path.class_name, place_.host, [&] {
        const auto columns = path.keys.empty() ? std::vector<std::string>()
                                               : columns_of_model(definition, all_columns(definition));
        return world_.model().get(place_, path, columns);
    });
    if (!found) {
        fail(WBEM_E_NOT_FOUND);
    }
    return path.keys.empty() ? class_content(definition)
                             : content(definition, *found, all_columns(definition));
}

cim::NamedValues Instances::parameters(const MethodDefinition& method, const ObjectContent* in) const {
    cim::NamedValues values;
    for (const auto& parameter : method.in) {
        const auto* given = in == nullptr ? nullptr : in->find(parameter.name);
        const bool is_null = given == nullptr || std::holds_alternative<std::monostate>(given->value);
        if (is_null && !parameter.is_optional) {
            fail(WBEM_E_INVALID_METHOD_PARAMETERS);
        }
        if (is_null) {
            continue;
        }
        const auto* text = std::get_if<std::string>(&given->value);
        const auto embedded = text == nullptr ? std::nullopt : embedded_in(*text);
        values.emplace_back(parameter.name, embedded ? cim::Value(*embedded) : given->value);
    }
    return values;
}

ObjectContent Instances::invoke(const cim::ObjectPath& path, const std::string& method,
                                const ObjectContent* in) {
    const auto& definition = definition_of(path.class_name);
    const auto* signature = definition.method(method);
    if (signature == nullptr) {
        fail(WBEM_E_INVALID_METHOD);
    }
    if (!signature->is_static) {
        expect_every_key(definition, path);
    }
    const auto given = parameters(*signature, in);
    const auto result = world_.make("invoke", method, place_.host, [&] {
        return has_live_products() && definition.name == "Win32_Product"
                   ? call_live_product(path, method, given)
                   : world_.model().invoke(place_, path, method, given);
    });
    ObjectContent out;
    out.class_name = "__PARAMETERS";
    out.server = place_.host;
    out.cim_namespace = cim_namespace_;
    out.properties.push_back({"ReturnValue", CIM_UINT32, false, std::int64_t{result.return_value}});
    for (const auto& parameter : signature->out) {
        const auto found = std::find_if(result.out.begin(), result.out.end(), [&](const auto& value) {
            return same_text(value.first, parameter.name);
        });
        out.properties.push_back({std::string(parameter.name), parameter.type, false,
                                  found == result.out.end() ? cim::Value() : found->second});
    }
    return out;
}

}  // namespace upshift::test_provider
