// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/classify.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "product_version/product_journal.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

bool is_per_user(InstallContext context) {
    return context != InstallContext::machine;
}

/// What rules out every kind of upgrade of that product by that package, whatever the versions.
std::optional<Classification> obstacle(const PackageDescription& package, const InstalledProduct& installed) {
    if (!installed.of_another_user && is_per_user(installed.context) != is_per_user(package.context)) {
        return Classification::context_mismatch;
    }
    return obstacle_of(installed);
}

Classification classify_same_product(const PackageDescription& package, const InstalledProduct& installed) {
    if (const auto found = obstacle(package, installed)) {
        return *found;
    }
    const auto offered = parse_product_version(package.version);
    const auto present = parse_product_version(installed.version);
    if (offered != present) {
        return offered > present ? Classification::minor_upgrade : Classification::newer_installed;
    }
    const bool is_one_build = package.package_code.empty() || installed.package_code.empty() ||
                              package.package_code == installed.package_code;
    return is_one_build ? Classification::same : Classification::small_update;
}

Classification classify_related(const PackageDescription& package, const RelatedProduct& related) {
    if (const auto found = obstacle(package, related.product)) {
        return *found;
    }
    if (parse_product_version(related.product.version) > parse_product_version(package.version)) {
        return Classification::newer_installed;
    }
    const bool is_replaced =
        std::any_of(package.upgrade_rows.begin(), package.upgrade_rows.end(),
                    [&](const auto& row) { return !row.only_detect && row_matches(row, related); });
    return is_replaced ? Classification::major_upgrade : Classification::side_by_side;
}

bool contains_language(const std::string& list, std::uint32_t language) {
    std::string_view rest = list;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const auto code = parse_product_version(rest.substr(0, comma));
        if (code && code->major == language) {
            return true;
        }
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return false;
}

/// One product among several: an obstacle first, so that nothing is done beside it unseen.
int rank(Classification classification) {
    switch (classification) {
        case Classification::newer_installed:
            return 1;
        case Classification::major_upgrade:
            return 2;
        case Classification::side_by_side:
            return 3;
        default:
            return 0;
    }
}

bool is_detected(const PackageDescription& package, const RelatedProduct& related) {
    return std::ranges::any_of(package.upgrade_rows,
                               [&](const auto& row) { return row.only_detect && row_matches(row, related); });
}

bool is_higher(const InstalledProduct& left, const InstalledProduct& right) {
    return parse_product_version(left.version) > parse_product_version(right.version);
}

/// Whether the product decides more than what was found so far.
bool decides(Classification classification, const InstalledProduct& product, const Classified& so_far) {
    if (!so_far.installed || rank(classification) != rank(so_far.classification)) {
        return !so_far.installed || rank(classification) < rank(so_far.classification);
    }
    return rank(classification) > 0 && is_higher(product, *so_far.installed);
}

Classified classify_all_related(const Observation& seen) {
    Classified result;
    std::vector<InstalledProduct> replaced;
    for (const auto& related : seen.related) {
        const auto classification = classify_related(seen.package, related);
        if (classification == Classification::major_upgrade) {
            replaced.push_back(related.product);
        }
        if (decides(classification, related.product, result)) {
            result = {classification, related.product, {}, is_detected(seen.package, related)};
        }
    }
    if (result.classification == Classification::major_upgrade) {
        result.replaced = std::move(replaced);
    }
    return result;
}

/// Whether the package finds its own product there, so that the installer does not look for what it replaces
/// ("FindRelatedProducts Action" runs on a first installation only).
bool is_installed_again(Classification classification) {
    return classification == Classification::interrupted || classification == Classification::small_update ||
           classification == Classification::minor_upgrade;
}

/// What a killed run leads to: what is not there is installed after all, what is there may be so in part, and
/// what was to be replaced may be there still.
void resume(Classified& classified, const Observation& seen) {
    if (!seen.unfinished) {
        return;
    }
    const bool is_left_beside = stands_beside(*seen.unfinished) && !seen.left_beside.empty();
    const bool is_half_done = classified.classification == Classification::same &&
                              (may_be_partial(*seen.unfinished) || is_left_beside);
    if (classified.classification == Classification::absent || is_half_done) {
        classified.classification = Classification::interrupted;
    }
    if (is_installed_again(classified.classification)) {
        classified.replaced = seen.left_beside;
    }
}

}  // namespace

std::string_view name_of(Classification classification) {
    constexpr std::array<std::string_view, 17> names{
        "same",         "small_update",   "minor_upgrade", "major_upgrade", "newer_installed",
        "side_by_side", "absent",         "interrupted",   "applied",       "applicable",
        "superseded",   "not_applicable", "advertised",    "other_user",    "context_mismatch",
        "instance",     "unknown_version"};
    return names.at(static_cast<std::size_t>(classification));
}

std::optional<Classification> obstacle_of(const InstalledProduct& installed) {
    if (installed.of_another_user) {
        return Classification::other_user;
    }
    if (installed.advertised) {
        return Classification::advertised;
    }
    if (installed.instance) {
        return Classification::instance;
    }
    if (!parse_product_version(installed.version)) {
        return Classification::unknown_version;
    }
    return std::nullopt;
}

bool row_matches(const UpgradeRow& row, const RelatedProduct& related) {
    const auto version = parse_product_version(related.product.version);
    if (row.upgrade_code != related.upgrade_code || !version) {
        return false;
    }
    const auto low = parse_product_version(row.version_min);
    if (low && (row.min_inclusive ? *version < *low : *version <= *low)) {
        return false;
    }
    const auto high = parse_product_version(row.version_max);
    if (high && (row.max_inclusive ? *version > *high : *version >= *high)) {
        return false;
    }
    return row.languages.empty() ||
           contains_language(row.languages, related.product.language) != row.languages_exclusive;
}

Classified classify(const Observation& seen) {
    Classified result =
        seen.same ? Classified{classify_same_product(seen.package, *seen.same), seen.same, {}, false}
                  : classify_all_related(seen);
    resume(result, seen);
    return result;
}

}  // namespace upshift
