// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/version.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace upshift {

namespace {

std::optional<std::uint32_t> parse_field(std::string_view text) {
    std::uint32_t value = 0;
    const char* end = text.data() + text.size();
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage) from_chars takes the end beside the beginning
    const auto [stopped_at, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || stopped_at != end) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::vector<std::uint32_t>> parse_fields(std::string_view text) {
    std::vector<std::uint32_t> fields;
    while (true) {
        const auto dot = text.find('.');
        const auto field = parse_field(text.substr(0, dot));
        if (!field) {
            return std::nullopt;
        }
        fields.push_back(*field);
        if (dot == std::string_view::npos) {
            return fields;
        }
        text.remove_prefix(dot + 1);
    }
}

}  // namespace

std::optional<ConfigurationVersion> parse_configuration_version(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt;
    }
    const auto major = parse_field(text.substr(0, dot));
    const auto minor = parse_field(text.substr(dot + 1));
    return major && minor ? std::optional(ConfigurationVersion{*major, *minor}) : std::nullopt;
}

std::string to_string(ConfigurationVersion version) {
    return std::to_string(version.major) + "." + std::to_string(version.minor);
}

std::optional<ProductVersion> parse_product_version(std::string_view text) {
    while (!text.empty() && text.back() == '\0') {
        text.remove_suffix(1);
    }
    auto fields = parse_fields(text);
    if (!fields) {
        return std::nullopt;
    }
    fields->resize(3, 0);
    return ProductVersion{(*fields)[0], (*fields)[1], (*fields)[2]};
}

}  // namespace upshift
