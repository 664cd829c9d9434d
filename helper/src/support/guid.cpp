// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/guid.hpp"

namespace upshift {

std::optional<std::string> parse_guid(std::string_view text) {
    if (text.size() == 38 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, 36);
    }
    if (text.size() != 36) {
        return std::nullopt;
    }
    constexpr std::string_view digits = "0123456789ABCDEFabcdef";
    std::string guid;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        if (is_dash ? c != '-' : digits.find(c) == std::string_view::npos) {
            return std::nullopt;
        }
        guid += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return guid;
}

std::string braced(std::string_view guid) {
    if (!guid.empty() && guid.front() == '{') {
        return std::string(guid);
    }
    return "{" + std::string(guid) + "}";
}

}  // namespace upshift
