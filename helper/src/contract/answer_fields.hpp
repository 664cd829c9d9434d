// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace upshift {

enum class FieldType { text, boolean, integer, texts, text_map, object, rows };

/// One field of an answer or of a row in it. `upshift schema` and the tables of docs/contract.md come from
/// this.
struct AnswerField {
    std::string_view name;
    FieldType type = FieldType::text;
    std::string_view description;  ///< a noun phrase or a sentence, without a full stop
    bool always = false;           ///< written even where it is empty
    std::vector<std::string_view> choices;
    std::vector<AnswerField> fields;  ///< of the object, or of each row
};

/// The fields of that operation's answers, in the order they are written. Throws OperationError,
/// invalid_arguments, for an unknown operation.
std::vector<AnswerField> answer_fields(std::string_view operation);

std::vector<AnswerField> error_fields();
std::vector<AnswerField> target_fields();
std::vector<AnswerField> host_fields();
std::vector<AnswerField> vm_fields();
std::vector<AnswerField> cluster_fields();
std::vector<AnswerField> product_fields();
std::vector<AnswerField> package_fields();
std::vector<AnswerField> run_fields();

}  // namespace upshift
