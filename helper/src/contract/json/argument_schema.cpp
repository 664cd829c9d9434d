// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "contract/json/schema_parts.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

Json object_schema(const std::vector<Argument>& arguments);

Json pattern_schema(const char* pattern) {
    return {{"type", "string"}, {"pattern", pattern}};
}

Json choice_schema(const Argument& argument) {
    Json schema{{"type", "string"}};
    schema["enum"] = Json::array();
    for (const auto& choice : argument.choices) {
        schema["enum"].push_back(choice.name);
    }
    return schema;
}

Json integer_schema(const Argument& argument) {
    Json schema{{"type", "integer"}};
    if (argument.range) {
        schema["minimum"] = argument.range->least;
        schema["maximum"] = argument.range->most;
        schema["x-unit"] = argument.range->unit;
    }
    return schema;
}

Json value_schema(const Argument& argument) {
    if (!argument.choices.empty()) {
        return choice_schema(argument);
    }
    switch (argument.type) {
        case ArgumentType::boolean:
            return {{"type", "boolean"}};
        case ArgumentType::integer:
            return integer_schema(argument);
        case ArgumentType::text:
            return {{"type", "string"}, {"minLength", 1}};
        case ArgumentType::path:
            return {{"type", "string"}, {"minLength", 1}, {"x-type", "path"}};
        case ArgumentType::transform_path:
            return {{"type", "string"}, {"pattern", "^[^:@|;][^;]*$"}, {"x-type", "path"}};
        case ArgumentType::configuration_version:
            return pattern_schema("^(default|[0-9]+\\.[0-9]+)$");
        case ArgumentType::product_version:
            return pattern_schema("^[0-9]+(\\.[0-9]+)*$");
        case ArgumentType::guid:
            return pattern_schema(
                "^(\\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\}|"
                "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$");
        case ArgumentType::property_map:
            return {{"type", "object"},
                    {"propertyNames", {{"pattern", "^[A-Z_][A-Z0-9_.]*$"}}},
                    {"additionalProperties", {{"type", Json::array({"string", "integer"})}}}};
        case ArgumentType::object:
            return object_schema(argument.keys);
    }
    return {};
}

Json default_value(const Argument& argument) {
    if (argument.type == ArgumentType::boolean) {
        return argument.default_text == "true";
    }
    if (argument.type == ArgumentType::integer) {
        return std::stoll(std::string(argument.default_text));
    }
    return argument.default_text;
}

void add_availability(Json& schema, const Argument& argument) {
    if (!argument.available) {
        schema["x-available"] = false;
        return;
    }
    Json available = Json::array();
    for (const auto& choice : argument.choices) {
        if (choice.available) {
            available.push_back(choice.name);
        }
    }
    if (available.size() < argument.choices.size()) {
        schema["x-available"] = available;
    }
}

Json argument_schema(const Argument& argument) {
    Json schema{{"description", argument.description}};
    if (argument.list) {
        schema["type"] = "array";
        schema["items"] = value_schema(argument);
        if (!argument.may_be_empty) {
            schema["minItems"] = 1;
        }
    } else {
        schema.update(value_schema(argument));
    }
    if (!argument.default_text.empty()) {
        schema["default"] = default_value(argument);
    }
    if (argument.secret) {
        schema["writeOnly"] = true;
    }
    add_availability(schema, argument);
    return schema;
}

Json object_schema(const std::vector<Argument>& arguments) {
    Json schema{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    Json required = Json::array();
    for (const auto& argument : arguments) {
        schema["properties"][std::string(argument.name)] = argument_schema(argument);
        if (argument.required) {
            required.push_back(argument.name);
        }
    }
    if (!required.empty()) {
        schema["required"] = required;
    }
    return schema;
}

Json one_of_required(const std::vector<std::string_view>& names) {
    Json alternatives = Json::array();
    for (const auto name : names) {
        alternatives.push_back({{"required", Json::array({name})}});
    }
    return alternatives;
}

Json contradictions(const std::vector<std::vector<std::string_view>>& rules) {
    Json forbidden = Json::array();
    for (const auto& rule : rules) {
        for (std::size_t i = 1; i < rule.size(); ++i) {
            forbidden.push_back({{"not", {{"required", Json::array({rule.front(), rule[i]})}}}});
        }
    }
    return forbidden;
}

}  // namespace

Json arguments_schema(const OperationTable& table) {
    Json schema = object_schema(table.arguments);
    schema["patternProperties"] = {{"^_ansible_", true}};
    if (!table.required_one_of.empty()) {
        schema["anyOf"] = one_of_required(table.required_one_of);
    }
    if (!table.exclusive.empty()) {
        schema["allOf"] = contradictions(table.exclusive);
    }
    return schema;
}

}  // namespace upshift
