// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/package_code.hpp"

#include <array>

#include "support/guid.hpp"

namespace upshift {

namespace {

// The digits of a packed code stand in reverse within each field, bytes by bytes in the last two (seen under
// HKLM\Software\Classes\Installer\UpgradeCodes).
constexpr std::array<int, 32> packed_order{7,  6,  5,  4,  3,  2,  1,  0,  11, 10, 9,  8,  15, 14, 13, 12,
                                           17, 16, 19, 18, 21, 20, 23, 22, 25, 24, 27, 26, 29, 28, 31, 30};

std::string unpacked(std::string_view packed) {
    std::string guid;
    for (std::size_t i = 0; i < packed_order.size(); ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) {
            guid += '-';
        }
        guid += packed[static_cast<std::size_t>(packed_order.at(i))];
    }
    return guid;
}

}  // namespace

std::string normalized_code(std::string_view text) {
    const auto guid = parse_guid(text.size() == packed_order.size() ? unpacked(text) : std::string(text));
    return guid ? braced(*guid) : std::string();
}

}  // namespace upshift
