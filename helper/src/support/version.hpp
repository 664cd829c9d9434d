// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace upshift {

/// A Hyper-V configuration version, "major.minor". Compares as a pair of integers: 9.3 < 10.0 < 10.5
/// (facts: hyperv, section 2).
struct ConfigurationVersion {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;

    auto operator<=>(const ConfigurationVersion&) const = default;
    /// 254 and 255 mark prereleases, above every release version (facts: hyperv, section 2).
    bool is_prerelease() const { return major >= 254; }
};

/// Exactly "digits.digits"; anything else gives nothing.
std::optional<ConfigurationVersion> parse_configuration_version(std::string_view text);
std::string to_string(ConfigurationVersion version);

/// A Windows Installer product version as the installer compares it: three unsigned fields, later ones
/// ignored, missing ones 0 (facts: windows-installer, section 2.3).
struct ProductVersion {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t build = 0;

    auto operator<=>(const ProductVersion&) const = default;
};

/// One to four (or more) numeric fields; a trailing NUL, which registry values may carry, is dropped.
std::optional<ProductVersion> parse_product_version(std::string_view text);

}  // namespace upshift
