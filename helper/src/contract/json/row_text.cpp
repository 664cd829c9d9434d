// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/row_text.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace upshift {

namespace {

/// More than most rows take, so that their text does not grow step by step.
constexpr std::size_t usual_size = 384;

bool is_plain(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

void RowText::add(std::string_view name, const std::string& value) {
    begin(name);
    append(value);
}

void RowText::add(std::string_view name, bool value) {
    begin(name);
    text_ += value ? "true" : "false";
}

void RowText::add(std::string_view name, const std::vector<std::string>& values) {
    begin(name);
    text_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        text_ += i == 0 ? "" : ",";
        append(values[i]);
    }
    text_ += ']';
}

std::string RowText::finish() {
    text_ += text_.empty() ? "{}" : "}";
    return std::move(text_);
}

void RowText::begin(std::string_view name) {
    if (text_.empty()) {
        text_.reserve(usual_size);
    }
    text_.append(text_.empty() ? "{\"" : ",\"").append(name).append("\":");
}

void RowText::append(const std::string& value) {
    if (is_plain(value)) {
        text_.append(1, '"').append(value).append(1, '"');
    } else {
        text_ += nlohmann::ordered_json(value).dump(-1, ' ', true,
                                                    nlohmann::ordered_json::error_handler_t::replace);
    }
}

}  // namespace upshift
