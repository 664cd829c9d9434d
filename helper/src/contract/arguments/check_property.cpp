// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/check_property.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "contract/arguments/refusal.hpp"

namespace upshift {

namespace {

struct OwnedProperty {
    std::string_view name;
    std::string_view hint;
};

constexpr std::string_view planned = "It follows from what is installed.";
constexpr std::string_view no_instances = "Products with several instances are left alone.";
constexpr std::string_view no_patches = "Give the path of the patch, with engine wmi.";

constexpr std::array<OwnedProperty, 15> owned_properties{{
    {"ACTION", planned},
    {"ADVERTISE", "Products are installed, never merely advertised."},
    {"EXECUTEACTION", planned},
    {"MSIINSTANCEGUID", no_instances},
    {"MSINEWINSTANCE", no_instances},
    {"MSIPATCHREMOVE", no_patches},
    {"MSIRESTARTMANAGERCONTROL", "Use restart_manager."},
    {"PATCH", no_patches},
    {"REBOOT", "Restarts are always suppressed; reboot_required says that one is due."},
    {"REINSTALL", planned},
    {"REINSTALLMODE", planned},
    {"REMOVE", "Products are never removed on request."},
    {"SECONDSEQUENCE", planned},
    {"TRANSFORMS", "Use transforms."},
    {"UPGRADINGPRODUCTCODE", planned},
}};

bool is_upper_or_underscore(char c) {
    return (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_public(std::string_view name) {
    return !name.empty() && is_upper_or_underscore(name.front()) && std::ranges::all_of(name, [](char c) {
        return is_upper_or_underscore(c) || (c >= '0' && c <= '9') || c == '.';
    });
}

std::string upper(std::string_view name) {
    std::string result(name);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return result;
}

bool holds_line_break(std::string_view text) {
    return text.find_first_of("\r\n") != std::string_view::npos;
}

}  // namespace

void check_property_name(const std::string& name, const std::string& path) {
    const auto* const owned =
        std::ranges::find_if(owned_properties, [&](const auto& row) { return row.name == upper(name); });
    if (owned != owned_properties.end()) {
        throw refused_argument(path, "Upshift sets this property itself", "another property",
                               std::string(owned->hint));
    }
    if (!is_public(name)) {
        throw refused_argument(
            path, "it is not the name of a public property",
            "capital letters, digits, underscores and full stops, beginning with a letter or an underscore",
            is_public(upper(name)) ? "Did you mean \"" + upper(name) + "\"?" : "");
    }
}

std::string check_property_value(const InputValue& value, const std::string& path) {
    if (const auto* number = value.get_if<double>()) {
        constexpr double exact = 9007199254740992;  // 2^53: beyond it whole numbers are rounded
        if (std::trunc(*number) == *number && std::fabs(*number) < exact) {
            return std::to_string(static_cast<long long>(*number));
        }
    }
    const auto* text = value.get_if<std::string>();
    if (text == nullptr) {
        throw refused_argument(
            path, "it is " + description_of(value), "a string or a whole number",
            value.is_null() ? "For an empty value write \"\"; YAML reads nothing as null." : "Quote it.");
    }
    if (holds_line_break(*text)) {
        throw refused_argument(path, "it holds a line break", "text on one line");
    }
    return *text;
}

}  // namespace upshift
