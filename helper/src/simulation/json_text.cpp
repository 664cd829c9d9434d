// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/json_text.hpp"

#include <fstream>

namespace upshift::simulation {

using nlohmann::json;

std::optional<std::string> text_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        return std::nullopt;
    }
    std::string text(static_cast<std::size_t>(std::max<std::streamoff>(0, file.tellg())), '\0');
    file.seekg(0);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

json parse_json(std::string_view text, const json::parser_callback_t& callback) {
    return json::parse(text.begin(), text.end(), callback);
}

std::string text_of_json(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace upshift::simulation
