// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/terminal_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace upshift {

namespace {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return 2;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        return 3;
    }
    return lead >= 0xF0U && lead <= 0xF4U ? 4 : 0;
}

/// The first character of text that is not empty; an invalid one is a single byte.
Character first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = sequence_length(lead);
    if (length == 0 || length > text.size() ||
        !std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), is_continuation)) {
        return {};
    }
    char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    for (const char c : text.substr(1, length - 1)) {
        code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (overlong || surrogate || code > 0x10FFFF) {
        return {};
    }
    return {.code = code, .bytes = length, .valid = true};
}

using Range = std::pair<char32_t, char32_t>;

template <std::size_t count>
bool is_in(const std::array<Range, count>& ranges, char32_t code) {
    return std::ranges::any_of(
        ranges, [&](const Range& range) { return code >= range.first && code <= range.second; });
}

/// Controls, and the marks that reverse the direction of text or hide in it.
bool is_control(char32_t code) {
    constexpr std::array<Range, 6> controls{
        {{0x00, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}}};
    return is_in(controls, code);
}

/// The blocks of Unicode's EastAsianWidth.txt that are wide, and the common combining marks; coarse, since a
/// wrong guess only shifts a column.
std::size_t columns_of(char32_t code) {
    constexpr std::array<Range, 5> combining{
        {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
    constexpr std::array<Range, 10> wide{{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};
    if (is_in(combining, code)) {
        return 0;
    }
    return is_in(wide, code) ? 2 : 1;
}

/// The longest beginning that needs at most so many columns.
std::string_view beginning(std::string_view text, std::size_t columns) {
    std::size_t bytes = 0;
    std::size_t used = 0;
    while (bytes < text.size()) {
        const Character character = first_of(text.substr(bytes));
        used += columns_of(character.code);
        if (used > columns) {
            break;
        }
        bytes += character.bytes;
    }
    return text.substr(0, bytes);
}

}  // namespace

std::string printable(std::string_view text, bool utf8) {
    std::string shown;
    while (!text.empty()) {
        const Character character = first_of(text);
        const bool can_show =
            character.valid && !is_control(character.code) && (utf8 || character.code < 0x80);
        shown += can_show ? text.substr(0, character.bytes) : std::string_view("?");
        text.remove_prefix(character.bytes);
    }
    return shown;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const Character character = first_of(text);
        width += columns_of(character.code);
        text.remove_prefix(character.bytes);
    }
    return width;
}

std::string fit(std::string_view text, std::size_t columns) {
    constexpr std::string_view missing = "...";
    if (display_width(text) <= columns) {
        return std::string(text);
    }
    if (columns <= missing.size()) {
        return std::string(beginning(text, columns));
    }
    return std::string(beginning(text, columns - missing.size())) + std::string(missing);
}

std::string pad(std::string_view text, std::size_t columns) {
    std::string padded = fit(text, columns);
    padded.append(columns - display_width(padded), ' ');
    return padded;
}

}  // namespace upshift
