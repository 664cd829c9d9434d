// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/pattern.hpp"

#include <algorithm>
#include <array>

namespace upshift {

namespace {

struct Decoded {
    char32_t character;
    std::size_t length;
};

/// Where a byte that is no UTF-8 is put: beyond the last Unicode character.
constexpr char32_t raw_bytes = 0x110000;

std::size_t length_after(unsigned char lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xE0) {
        return 2;
    }
    return lead < 0xF0 ? 3 : 4;
}

Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = length_after(lead);
    const Decoded raw{raw_bytes + lead, 1};
    if (length == 1) {
        return {lead, 1};
    }
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
        return raw;
    }
    char32_t character = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return raw;
        }
        character = (character << 6U) | (byte(i) & 0x3FU);
    }
    return {character, length};
}

/// Capitals from `first` to `last`, and how far their small letters are. A distance of 0 marks pairs: every
/// capital is even (or odd, as `first` is) and its small letter follows it.
struct CaseRange {
    char32_t first;
    char32_t last;
    char32_t distance;
};

/// From UnicodeData.txt (simple lowercase mappings) of the blocks named in the header.
constexpr std::array<CaseRange, 23> case_ranges{{
    {U'A', U'Z', 32},     {0x00C0, 0x00D6, 32}, {0x00D8, 0x00DE, 32}, {0x0100, 0x012F, 0},
    {0x0132, 0x0137, 0},  {0x0139, 0x0148, 0},  {0x014A, 0x0177, 0},  {0x0179, 0x017E, 0},
    {0x0386, 0x0386, 38}, {0x0388, 0x038A, 37}, {0x038C, 0x038C, 64}, {0x038E, 0x038F, 63},
    {0x0391, 0x03A1, 32}, {0x03A3, 0x03AB, 32}, {0x03D8, 0x03EF, 0},  {0x0400, 0x040F, 80},
    {0x0410, 0x042F, 32}, {0x0460, 0x0481, 0},  {0x048A, 0x04BF, 0},  {0x04C0, 0x04C0, 15},
    {0x04C1, 0x04CE, 0},  {0x04D0, 0x04FF, 0},  {0x0500, 0x052F, 0},
}};

char32_t fold(char32_t character) {
    constexpr char32_t y_with_diaeresis = 0x0178;
    constexpr char32_t final_sigma = 0x03C2;
    if (character == y_with_diaeresis) {
        return 0x00FF;
    }
    if (character == final_sigma) {
        return 0x03C3;
    }
    for (const auto& range : case_ranges) {
        if (character < range.first || character > range.last) {
            continue;
        }
        if (range.distance != 0) {
            return character + range.distance;
        }
        return (character - range.first) % 2 == 0 ? character + 1 : character;
    }
    return character;
}

}  // namespace

std::u32string fold_case(std::string_view text) {
    std::u32string folded;
    folded.reserve(text.size());
    while (!text.empty()) {
        const auto [character, length] = decode(text);
        folded += fold(character);
        text.remove_prefix(length);
    }
    return folded;
}

bool Pattern::matches(const std::u32string& folded_name) const {
    std::size_t at = 0;
    std::size_t in_name = 0;
    std::size_t after_star = std::u32string::npos;
    std::size_t star_reaches = 0;
    while (in_name < folded_name.size()) {
        const bool more = at < folded_.size();
        if (more && folded_[at] == U'*') {
            after_star = ++at;
            star_reaches = in_name;
        } else if (more && (folded_[at] == U'?' || folded_[at] == folded_name[in_name])) {
            ++at;
            ++in_name;
        } else if (after_star != std::u32string::npos) {
            at = after_star;
            in_name = ++star_reaches;
        } else {
            return false;
        }
    }
    return folded_.find_first_not_of(U'*', at) == std::u32string::npos;
}

PatternSet::PatternSet(const std::vector<std::string>& patterns) {
    for (const auto& text : patterns) {
        Pattern pattern(text);
        if (pattern.is_exact()) {
            exact_.insert(pattern.folded());
        } else {
            wild_.push_back(std::move(pattern));
        }
    }
}

bool PatternSet::matches(const std::u32string& folded_name) const {
    return exact_.contains(folded_name) ||
           std::any_of(wild_.begin(), wild_.end(),
                       [&](const Pattern& pattern) { return pattern.matches(folded_name); });
}

}  // namespace upshift
