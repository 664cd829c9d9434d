// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/product_inventory.hpp"

#include <array>

namespace upshift {

std::string_view name_of(FeatureState state) {
    constexpr std::array<std::string_view, 4> names{"absent", "advertised", "local", "source"};
    return names.at(static_cast<std::size_t>(state));
}

std::string_view name_of(PatchState state) {
    constexpr std::array<std::string_view, 3> names{"applied", "superseded", "obsolete"};
    return names.at(static_cast<std::size_t>(state));
}

}  // namespace upshift
