// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/option_text.hpp"

#include <algorithm>

namespace upshift::simulation {

namespace {

bool is_name(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") == std::string_view::npos;
}

/// The value at the beginning of `rest`, which is moved behind it.
std::optional<std::string> take_value(std::string_view& rest) {
    std::string value;
    bool is_quoted = false;
    std::size_t i = 0;
    for (; i < rest.size() && (is_quoted || rest[i] != ' '); ++i) {
        if (rest[i] != '"') {
            value += rest[i];
        } else if (is_quoted && i + 1 < rest.size() && rest[i + 1] == '"') {
            value += '"';
            ++i;
        } else {
            is_quoted = !is_quoted;
        }
    }
    rest.remove_prefix(i);
    return is_quoted ? std::nullopt : std::optional(value);
}

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> parse_options(std::string_view line) {
    std::vector<std::pair<std::string, std::string>> properties;
    while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (line.empty()) {
            return properties;
        }
        const auto equals = line.find('=');
        if (equals == std::string_view::npos || !is_name(line.substr(0, equals))) {
            return std::nullopt;
        }
        std::string name(line.substr(0, equals));
        line.remove_prefix(equals + 1);
        auto value = take_value(line);
        if (!value) {
            return std::nullopt;
        }
        properties.emplace_back(std::move(name), std::move(*value));
    }
}

}  // namespace upshift::simulation
