// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/patch_refusals.hpp"

#include <array>
#include <set>
#include <string>

namespace upshift {

namespace {

ErrorDetail refusal(ErrorKind kind, const TargetRow& row) {
    ErrorDetail detail;
    detail.kind = kind;
    detail.attempted = "apply the patch to";
    detail.object = row.name;
    return detail;
}

std::string named(const InstalledProduct& product) {
    return "\"" + product.name + "\" (" + product.product_code + ")";
}

template <typename Texts>
std::string joined(const Texts& texts, const char* separator) {
    std::string all;
    for (const auto& text : texts) {
        all += (all.empty() ? "" : separator) + text;
    }
    return all;
}

std::string product_codes_of(const PatchDescription& patch) {
    std::set<std::string> codes;
    for (const auto& target : patch.targets) {
        codes.insert(target.product_code);
    }
    return joined(codes, " or ");
}

std::string not_installed(bool is_asked_for) {
    return is_asked_for ? "the product that was asked for is not installed"
                        : "no product that it is for is installed";
}

/// "version 1.0.0", "a version below 1.0", "any version"
std::string wanted_version(const PatchTarget& target) {
    constexpr std::array<const char*, 6> words{"any version", "a version below ", "a version up to ",
                                               "version ",    "a version from ",  "a version above "};
    const std::string word = words.at(static_cast<std::size_t>(target.version_match));
    return target.version_match == VersionMatch::any ? word : word + target.version;
}

}  // namespace

ErrorDetail refusal_of_patch_engine(const TargetRow& row) {
    ErrorDetail detail = refusal(ErrorKind::not_supported, row);
    detail.attempted = "apply the patch";
    detail.found = "patches (.msp) are not yet available with this engine";
    detail.needed = "the engine wmi";
    detail.hint = "Set engine to wmi.";
    return detail;
}

ErrorDetail refusal_of_patch_transforms(const TargetRow& row) {
    ErrorDetail detail = refusal(ErrorKind::refused, row);
    detail.found = "transforms are given, and the package is a patch (.msp)";
    detail.needed = "transforms beside whole packages (.msi) only";
    detail.hint = "Leave transforms out: a patch keeps those that the product was installed with.";
    return detail;
}

ErrorDetail refusal_of_patch_selection(const TargetRow& row, const PatchDescription& patch,
                                       const std::vector<PatchedProduct>& installed) {
    ErrorDetail detail = refusal(ErrorKind::refused, row);
    std::set<std::string> names;
    for (const auto& patched : installed) {
        names.insert(named(patched.product));
    }
    detail.found = "the patch is for " +
                   (names.empty() ? "the product code " + product_codes_of(patch) + ", which is not installed"
                                  : joined(names, ", "));
    detail.needed = "a patch for the product that was asked for";
    return detail;
}

ErrorDetail refusal_of_patch_alone(const TargetRow& row, bool is_asked_for) {
    ErrorDetail detail = refusal(ErrorKind::refused, row);
    detail.found = not_installed(is_asked_for) + ", and a patch installs none";
    detail.needed = "the product's own package (.msi)";
    detail.hint = "Give that package first, then the patch.";
    return detail;
}

ErrorDetail refusal_of_unpatchable(const TargetRow& row, const PatchDescription& patch, bool is_asked_for) {
    ErrorDetail detail = refusal(ErrorKind::not_found, row);
    detail.found = not_installed(is_asked_for);
    detail.needed = "one with the product code " + product_codes_of(patch);
    detail.hint = "Set when_absent to skip where it need not be there.";
    return detail;
}

ErrorDetail refusal_of_patch_version(const TargetRow& row, const PatchDescription& patch) {
    ErrorDetail detail = refusal(ErrorKind::refused, row);
    std::set<std::string> versions;
    for (const auto& target : patch.targets) {
        if (target.product_code == row.product_code) {
            versions.insert(wanted_version(target));
        }
    }
    detail.found = "version " + row.version_before + " is installed";
    detail.needed = joined(versions, " or ") + ", which the patch is made for";
    detail.hint = "Bring the product to that version first, or get the patch for the installed one.";
    return detail;
}

ErrorDetail refusal_of_several_targets(const TargetRow& row, const std::vector<InstalledProduct>& products) {
    ErrorDetail detail = refusal(ErrorKind::refused, row);
    std::set<std::string> names;
    for (const auto& product : products) {
        names.insert(named(product));
    }
    detail.found = "the patch could be applied to several installed products: " + joined(names, ", ");
    detail.needed = "the product_code of one of them";
    detail.hint = "Give the patch once for each, under packages.";
    return detail;
}

ErrorDetail refusal_of_new_product(const TargetRow& row, const PatchTarget& target) {
    ErrorDetail detail = refusal(ErrorKind::not_supported, row);
    detail.found =
        "the patch would make another product of it, with the product code " + target.new_product_code;
    detail.needed = "a patch that leaves the product code as it is";
    detail.hint = "Use the package (.msi) of the new version.";
    return detail;
}

}  // namespace upshift
