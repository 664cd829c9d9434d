// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What patches (.msp) say of themselves.
namespace upshift {

/// How the installed version must compare with the one that a patch names.
enum class VersionMatch { any, less, less_equal, equal, greater_equal, greater };
std::string_view name_of(VersionMatch match);

/// What a patch makes of one product, as one of its transforms says it. GUIDs are braced and upper case.
struct PatchTarget {
    std::string product_code;
    std::string version;  ///< the version that the transform was made for; empty where the patch names none
    VersionMatch version_match = VersionMatch::any;
    int version_fields = 3;        ///< how many fields of the version are compared, 1 to 3
    std::string new_product_code;  ///< afterwards, where the patch changes it
    std::string new_version;       ///< afterwards; empty where the patch names none
    std::string upgrade_code;      ///< may be empty
};

struct PatchDescription {
    std::string patch_code;
    std::vector<std::string> replaces;  ///< codes of patches that it takes the place of
    std::vector<PatchTarget> targets;   ///< at least one
};

/// Whether the patch is made for that version of the target's product.
bool takes_version(const PatchTarget& target, std::string_view installed);
/// Whether the target's product is at what the patch would bring it to, or beyond.
bool is_reached(const PatchTarget& target, std::string_view installed);

/// What a transform of a patch says in its summary information: `revision` is "{code}version;{code}version;
/// {upgrade code}", of the product before and after ("Revision Number Summary property"), `character_count`
/// holds in its upper half what is compared ("Character Count Summary property" and
/// "MsiCreateTransformSummaryInfo function"). Nothing where the text is none of that.
std::optional<PatchTarget> patch_target(std::string_view revision, std::uint32_t character_count);

/// The codes in a text that has nothing but GUIDs and what stands between them.
std::vector<std::string> codes_in(std::string_view text);

}  // namespace upshift
