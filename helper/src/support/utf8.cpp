// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/utf8.hpp"

#include <algorithm>
#include <array>

namespace upshift {

namespace {

struct SequenceForm {
    unsigned char first_least;
    unsigned char first_most;
    unsigned char second_least;
    unsigned char second_most;
    std::size_t length;
};

// "Well-Formed UTF-8 Byte Sequences", The Unicode Standard, table 3-7.
constexpr std::array<SequenceForm, 9> forms{{
    {0x00, 0x7F, 0x00, 0x00, 1},
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
}};

unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_continuation(unsigned char byte) {
    return byte >= 0x80 && byte <= 0xBF;
}

/// 0 where no sequence begins.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const unsigned char first = byte_at(text, at);
    const auto* form = std::find_if(forms.begin(), forms.end(), [first](const SequenceForm& candidate) {
        return first >= candidate.first_least && first <= candidate.first_most;
    });
    if (form == forms.end() || at + form->length > text.size()) {
        return 0;
    }
    if (form->length == 1) {
        return 1;
    }
    const unsigned char second = byte_at(text, at + 1);
    if (second < form->second_least || second > form->second_most) {
        return 0;
    }
    for (std::size_t i = 2; i < form->length; ++i) {
        if (!is_continuation(byte_at(text, at + i))) {
            return 0;
        }
    }
    return form->length;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text, at);
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return !is_continuation(static_cast<unsigned char>(byte));
    }));
}

std::string shortened(std::string_view text, std::size_t most_characters) {
    std::size_t seen = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_continuation(byte_at(text, at)) && ++seen > most_characters) {
            return std::string(text.substr(0, at)) + "...";
        }
    }
    return std::string(text);
}

}  // namespace upshift
