// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "contract/answer_fields.hpp"
#include "contract/arguments/argument_table.hpp"

namespace upshift {

/// The JSON Schema of an operation's arguments. What JSON Schema has no word for stands in x-available
/// (false, or the available choices, where not all is available yet), x-unit and x-type (path).
nlohmann::ordered_json arguments_schema(const OperationTable& table);

/// The JSON Schema of an object with these fields.
nlohmann::ordered_json fields_schema(const std::vector<AnswerField>& fields);

}  // namespace upshift
