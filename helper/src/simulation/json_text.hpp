// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

// Reading and writing JSON in one place: each kind of source is a parser of its own in the program.
namespace upshift::simulation {

/// Throws nlohmann::ordered_json::parse_error. The callback may be empty.
nlohmann::ordered_json parse_json(std::string_view text,
                                  const nlohmann::ordered_json::parser_callback_t& callback = nullptr);

/// On one line; text that is no UTF-8 is replaced.
std::string text_of_json(const nlohmann::ordered_json& value);

}  // namespace upshift::simulation
