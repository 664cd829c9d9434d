// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "product_version/observation.hpp"

namespace upshift {

/// How a package relates to what is installed ("Patching and Upgrades", Windows Installer). The second group
/// is told apart so that it can be refused with its name.
enum class Classification {
    same,
    minor_upgrade,
    major_upgrade,
    newer_installed,
    absent,

    small_update,      ///< same product and version, another build of the package
    side_by_side,      ///< related, but outside every range that the package replaces
    several_related,   ///< it would replace more than one product
    advertised,        ///< the product is known to Windows and not installed
    other_user,        ///< the product is another user's
    context_mismatch,  ///< one is per user, the other per machine: upgrades never cross
    unknown_version,   ///< the installed version cannot be compared
};
std::string_view name_of(Classification classification);

/// The classification, and the installed product it is about (none where absent).
struct Classified {
    Classification classification = Classification::absent;
    std::optional<InstalledProduct> installed;
};

/// Pure. An own product code decides before related products; among those a newer one decides before one that
/// is replaced, and that before one that would stay beside.
Classified classify(const Observation& seen);

/// Whether the package would replace, or with `only_detect` merely notices, that product.
bool row_matches(const UpgradeRow& row, const RelatedProduct& related);

}  // namespace upshift
