// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "product_version/observation.hpp"

namespace upshift {

/// How a package relates to what is installed ("Patching and Upgrades", Windows Installer). The second group
/// is never carried out, and told apart so that it can be refused with its name.
enum class Classification {
    same,
    small_update,  ///< same product and version, another build of the package
    minor_upgrade,
    major_upgrade,
    newer_installed,
    side_by_side,  ///< related, but outside every range that the package replaces
    absent,
    interrupted,  ///< an earlier run began with it and was killed

    // Of patches; `absent` is one whose product is not installed, be it the one asked for or any that it is
    // for.
    applied,
    applicable,
    superseded,      ///< a later patch has taken its place, or the product is beyond it
    not_applicable,  ///< the product is there, and it is not for that product or not for its version

    advertised,        ///< the product is known to Windows and not installed
    other_user,        ///< the product is another user's
    context_mismatch,  ///< one is per user, the other per machine: upgrades never cross
    instance,          ///< the product is one of several of one package
    unknown_version,   ///< the installed version cannot be compared
};

std::string_view name_of(Classification classification);

/// The classification, and the installed products it is about.
struct Classified {
    Classification classification = Classification::absent;
    /// None where absent. Of several that a major upgrade replaces the one with the highest version.
    std::optional<InstalledProduct> installed;
    std::vector<InstalledProduct> replaced;  ///< every product that is to be gone afterwards
    bool is_detected = false;                ///< of side_by_side: the package looks for it, and leaves it
};

/// What rules out every upgrade of that product, whatever the versions.
std::optional<Classification> obstacle_of(const InstalledProduct& installed);

/// Pure. An own product code decides before related products; among those one that cannot be dealt with
/// decides before a newer one, that before those that are replaced, and these before one that would stay
/// beside.
Classified classify(const Observation& seen);

/// Whether the package would replace, or with `only_detect` merely notices, that product.
bool row_matches(const UpgradeRow& row, const RelatedProduct& related);

}  // namespace upshift
