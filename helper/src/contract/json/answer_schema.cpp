// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "contract/json/schema_parts.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

Json type_schema(const AnswerField& field) {
    switch (field.type) {
        case FieldType::text:
            return {{"type", "string"}};
        case FieldType::boolean:
            return {{"type", "boolean"}};
        case FieldType::integer:
            return {{"type", "integer"}};
        case FieldType::texts:
            return {{"type", "array"}, {"items", {{"type", "string"}}}};
        case FieldType::text_map:
            return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
        case FieldType::object:
            return fields_schema(field.fields);
        case FieldType::rows:
            return {{"type", "array"}, {"items", fields_schema(field.fields)}};
    }
    return {};
}

Json field_schema(const AnswerField& field) {
    Json schema{{"description", field.description}};
    schema.update(type_schema(field));
    if (!field.choices.empty()) {
        schema["enum"] = field.choices;
    }
    return schema;
}

}  // namespace

Json fields_schema(const std::vector<AnswerField>& fields) {
    Json schema{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    Json required = Json::array();
    for (const auto& field : fields) {
        schema["properties"][std::string(field.name)] = field_schema(field);
        if (field.always) {
            required.push_back(field.name);
        }
    }
    if (!required.empty()) {
        schema["required"] = required;
    }
    return schema;
}

}  // namespace upshift
