// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/schema.hpp"

#include <nlohmann/json.hpp>

#include "contract/json/schema_parts.hpp"
#include "contract/operations.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

std::string summary_of(std::string_view name) {
    for (const auto& operation : operations()) {
        if (operation.name == name) {
            return std::string(operation.summary);
        }
    }
    throw unknown_operation(name);
}

Json with_heading(std::string_view operation, std::string_view part, const std::string& description,
                  const Json& body) {
    Json schema;
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["title"] = std::string(operation) + " " + std::string(part);
    schema["description"] = description;
    schema.update(body);
    return schema;
}

}  // namespace

std::string schema_json(std::string_view operation) {
    const std::string summary = summary_of(operation);
    Json schema;
    schema["arguments"] = with_heading(operation, "arguments",
                                       "The operation " + summary +
                                           ". This is the plain form: null also means not given, a list also "
                                           "takes one value, and booleans and "
                                           "whole numbers are also taken as Ansible writes them.",
                                       arguments_schema(table_of(operation)));
    schema["answer"] = with_heading(operation, "answer", "The one line on standard output.",
                                    fields_schema(answer_fields(operation)));
    return schema.dump(2, ' ', true);
}

}  // namespace upshift
