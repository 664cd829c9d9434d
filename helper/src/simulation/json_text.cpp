// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/json_text.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

json parse_json(std::string_view text, const json::parser_callback_t& callback) {
    return json::parse(text.begin(), text.end(), callback);
}

std::string text_of_json(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace upshift::simulation
