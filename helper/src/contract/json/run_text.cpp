// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/run_text.hpp"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "contract/json/argument_text.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value) {
    return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// Nothing where it is no JSON object.
std::optional<Json> parse_object(std::string_view text) {
    Json value = Json::parse(text.begin(), text.end(), nullptr, false);
    return value.is_object() ? std::optional(std::move(value)) : std::nullopt;
}

bool is_secret(const std::string& name) {
    return name == "password" || name == "secret_properties";
}

/// In the order of their names, since the caller's order means nothing.
Json comparable(const Json& value) {
    if (value.is_array()) {
        Json list = Json::array();
        for (const auto& entry : value) {
            list.push_back(comparable(entry));
        }
        return list;
    }
    if (!value.is_object()) {
        return value;
    }
    std::vector<std::string> names;
    for (const auto& entry : value.items()) {
        if (!entry.value().is_null() && !is_secret(entry.key()) && !entry.key().starts_with("_ansible_")) {
            names.push_back(entry.key());
        }
    }
    std::sort(names.begin(), names.end());
    Json object = Json::object();
    for (const auto& name : names) {
        object[name] = comparable(value.at(name));
    }
    return object;
}

}  // namespace

RunRecord record_of(std::string_view operation, std::string_view text, const AnswerOptions& options) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    Json arguments = comparable(parse_object(text).value_or(Json::object()));
    arguments["_ansible_check_mode"] = options.check_mode;
    arguments["_ansible_diff"] = options.diff;
    return {.operation = std::string(operation), .arguments = text_of(arguments)};
}

std::string to_text(const RunRecord& record) {
    return text_of({{"operation", record.operation}, {"arguments", record.arguments}}) + "\n";
}

std::optional<RunRecord> parse_record(std::string_view text) {
    const auto object = parse_object(text);
    if (!object) {
        return std::nullopt;
    }
    RunRecord record{.operation = object->value("operation", ""),
                     .arguments = object->value("arguments", "")};
    return record.operation.empty() ? std::nullopt : std::optional(std::move(record));
}

std::optional<ProgressEvent> parse_progress(std::string_view line) {
    const auto object = parse_object(line);
    if (!object) {
        return std::nullopt;
    }
    return ProgressEvent{.target = object->value("target", ""),
                         .text = object->value("text", ""),
                         .done = object->value("done", std::size_t{0}),
                         .total = object->value("total", std::size_t{0}),
                         .percent = object->value("percent", -1)};
}

std::optional<KeptAnswer> parse_kept_answer(std::string_view line) {
    const auto object = parse_object(line);
    if (!object) {
        return std::nullopt;
    }
    return KeptAnswer{.changed = object->value("changed", false),
                      .failed = object->value("failed", true),
                      .message = object->value("msg", "")};
}

std::string with_warning(std::string_view line, const std::string& warning) {
    auto object = parse_object(line).value_or(Json::object());
    object["warnings"].push_back(warning);
    return text_of(object);
}

std::string with_run(std::string_view line, const std::string& id) {
    std::string text(line.substr(0, line.rfind('}')));
    return text.append(R"(,"run":{"id":")").append(id).append(R"(","state":"finished"}})");
}

}  // namespace upshift
