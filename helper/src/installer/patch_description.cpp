// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/patch_description.hpp"

#include <algorithm>
#include <array>

#include "installer/package_code.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

constexpr std::size_t braced_length = 38;

// What is compared before a transform is applied: MSITRANSFORM_VALIDATE_… of
// "MsiCreateTransformSummaryInfo".
constexpr std::uint32_t major_version = 0x8;
constexpr std::uint32_t minor_version = 0x10;
constexpr std::uint32_t update_version = 0x20;

struct Comparison {
    std::uint32_t bit;
    VersionMatch match;
};
constexpr std::array<Comparison, 5> comparisons{{{0x40, VersionMatch::less},
                                                 {0x80, VersionMatch::less_equal},
                                                 {0x100, VersionMatch::equal},
                                                 {0x200, VersionMatch::greater_equal},
                                                 {0x400, VersionMatch::greater}}};

/// 0 where no version is compared.
int compared_fields(std::uint32_t validation) {
    if ((validation & update_version) != 0) {
        return 3;
    }
    if ((validation & minor_version) != 0) {
        return 2;
    }
    return (validation & major_version) != 0 ? 1 : 0;
}

VersionMatch match_of(std::uint32_t validation) {
    for (const auto& comparison : comparisons) {
        if ((validation & comparison.bit) != 0) {
            return comparison.match;
        }
    }
    return VersionMatch::any;
}

struct CodeAndVersion {
    std::string code;
    std::string version;
};

std::optional<CodeAndVersion> read_product(std::string_view text) {
    CodeAndVersion product{normalized_code(text.substr(0, braced_length)), {}};
    if (product.code.empty()) {
        return std::nullopt;
    }
    product.version = text.substr(std::min(braced_length, text.size()));
    return product;
}

std::string_view take_part(std::string_view& rest) {
    const auto end = rest.find(';');
    const auto part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return part;
}

ProductVersion first_fields(ProductVersion version, int count) {
    version.build = count < 3 ? 0 : version.build;
    version.minor = count < 2 ? 0 : version.minor;
    return version;
}

}  // namespace

std::string_view name_of(VersionMatch match) {
    constexpr std::array<std::string_view, 6> names{"any",   "less",          "less_equal",
                                                    "equal", "greater_equal", "greater"};
    return names.at(static_cast<std::size_t>(match));
}

bool takes_version(const PatchTarget& target, std::string_view installed) {
    const auto found = parse_product_version(installed);
    const auto base = parse_product_version(target.version);
    if (target.version_match == VersionMatch::any || !base) {
        return true;
    }
    if (!found) {
        return false;
    }
    const auto order =
        first_fields(*found, target.version_fields) <=> first_fields(*base, target.version_fields);
    switch (target.version_match) {
        case VersionMatch::less:
            return order < 0;
        case VersionMatch::less_equal:
            return order <= 0;
        case VersionMatch::greater_equal:
            return order >= 0;
        case VersionMatch::greater:
            return order > 0;
        default:
            return order == 0;
    }
}

bool is_reached(const PatchTarget& target, std::string_view installed) {
    const auto brought = parse_product_version(target.new_version);
    return brought && brought != parse_product_version(target.version) &&
           parse_product_version(installed) >= brought;
}

std::optional<PatchTarget> patch_target(std::string_view revision, std::uint32_t character_count) {
    const auto before = read_product(take_part(revision));
    const auto after = read_product(take_part(revision));
    if (!before || !after) {
        return std::nullopt;
    }
    const std::uint32_t validation = character_count >> 16U;
    const int fields = compared_fields(validation);
    return PatchTarget{.product_code = before->code,
                       .version = before->version,
                       .version_match = fields == 0 ? VersionMatch::any : match_of(validation),
                       .version_fields = fields == 0 ? 3 : fields,
                       .new_product_code = after->code == before->code ? "" : after->code,
                       .new_version = after->version,
                       .upgrade_code = normalized_code(take_part(revision))};
}

std::vector<std::string> codes_in(std::string_view text) {
    std::vector<std::string> codes;
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        if (auto code = normalized_code(text.substr(open, braced_length)); !code.empty()) {
            codes.push_back(std::move(code));
        }
    }
    return codes;
}

}  // namespace upshift
