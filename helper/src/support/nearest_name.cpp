// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/nearest_name.hpp"

#include <algorithm>
#include <cstddef>

namespace upshift {

namespace {

// Names are short; a key of megabytes must not cost its length squared.
constexpr std::size_t longest_compared = 64;

std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before_last(to.size() + 1);
    std::vector<std::size_t> last(to.size() + 1);
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t column = 0; column <= to.size(); ++column) {
        last[column] = column;
    }
    for (std::size_t i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[to.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view given, const std::vector<std::string_view>& names) {
    if (given.size() > longest_compared) {
        return {};
    }
    std::string_view nearest;
    std::size_t smallest = given.size() + longest_compared;
    for (const auto name : names) {
        const std::size_t distance = edit_distance(given, name);
        if (distance <= std::max(given.size(), name.size()) / 2 && distance < smallest) {
            smallest = distance;
            nearest = name;
        }
    }
    return nearest;
}

std::string quoted_list(const std::vector<std::string_view>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            text += i + 1 == names.size() ? " or " : ", ";
        }
        text += "\"" + std::string(names[i]) + "\"";
    }
    return text;
}

}  // namespace upshift
