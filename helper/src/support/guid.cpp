// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/guid.hpp"

#include <cstddef>

namespace upshift {

std::optional<std::string> parse_guid(std::string_view text) {
    if (text.size() == 38 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, 36);
    }
    if (text.size() != 36) {
        return std::nullopt;
    }
    std::optional<std::string> guid(text);
    std::size_t dashes = 0;
    for (char& c : *guid) {
        if (c >= 'a' && c <= 'f') {
            c = static_cast<char>(c - 'a' + 'A');
        } else if (c == '-') {
            ++dashes;
        } else if (c < '0' || c > 'F' || (c > '9' && c < 'A')) {
            return std::nullopt;
        }
    }
    const bool is_in_place = text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
    if (dashes != 4 || !is_in_place) {
        return std::nullopt;
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
