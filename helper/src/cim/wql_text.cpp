// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/wql_text.hpp"

#include <algorithm>

#include "cim/object_path_text.hpp"

namespace upshift::cim {

namespace {

/// Backslash and quote are escaped by a backslash ("WQL Operators").
std::string literal(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\\' || c == '\'') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted + "'";
}

std::string comparison(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag ? " = TRUE" : " = FALSE";
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return " = " + std::to_string(*number);
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        return " = " + literal(*text);
    }
    if (const auto* path = std::get_if<ObjectPath>(&value)) {
        return " = " + literal(object_path_text(*path));
    }
    return " IS NULL";
}

}  // namespace

std::string select_text(const Query& query, const std::vector<std::string>& more_columns) {
    std::vector<std::string> columns = query.columns;
    for (const auto& column : more_columns) {
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
            columns.push_back(column);
        }
    }
    std::string text = "SELECT ";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        text.append(i == 0 ? "" : ", ").append(columns[i]);
    }
    text.append(" FROM ").append(query.class_name);
    for (std::size_t i = 0; i < query.filters.size(); ++i) {
        const auto& [name, value] = query.filters[i];
        text.append(i == 0 ? " WHERE " : " AND ").append(name).append(comparison(value));
    }
    return text;
}

std::string references_text(const ObjectPath& object, const std::string& association_class) {
    return "REFERENCES OF {" + object_path_text(object) + "} WHERE ResultClass = " + association_class;
}

}  // namespace upshift::cim
