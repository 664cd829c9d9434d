// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/check_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "contract/arguments/refusal.hpp"
#include "support/guid.hpp"
#include "support/nearest_name.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

template <std::size_t Size>
bool holds(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// ansible/module_utils/parsing/convert_bool.py
std::optional<bool> boolean_of(std::string_view text) {
    constexpr std::array<std::string_view, 6> yes{"y", "yes", "on", "1", "true", "t"};
    constexpr std::array<std::string_view, 6> no{"n", "no", "off", "0", "false", "f"};
    const std::string word = lower(trimmed(text));
    if (holds(yes, word)) {
        return true;
    }
    return holds(no, word) ? std::optional(false) : std::nullopt;
}

/// A decimal number and nothing else. strtod and not from_chars, whose tables for floating point are big; the
/// letters are looked at first because strtod takes blanks, hexadecimal digits, infinity and NaN as well.
std::optional<double> decimal_of(const std::string& digits) {
    if (digits.empty() || digits.find_first_not_of("0123456789+-.eE") != std::string::npos) {
        return std::nullopt;
    }
    char* stopped_at = nullptr;
    const double number = std::strtod(digits.c_str(), &stopped_at);
    const bool is_number = stopped_at == digits.c_str() + digits.size() && std::isfinite(number);
    return is_number ? std::optional(number) : std::nullopt;
}

// ansible/module_utils/common/validation.py, check_type_int: a string counts as the decimal it spells.
std::optional<double> number_of(const InputValue& value) {
    if (const auto* number = value.get_if<double>()) {
        return *number;
    }
    const auto* text = value.get_if<std::string>();
    if (text == nullptr) {
        return std::nullopt;
    }
    return decimal_of(std::string(trimmed(*text)));
}

void require_choice(const Argument& argument, const std::string& text, const std::string& path) {
    std::vector<std::string_view> names;
    for (const auto& choice : argument.choices) {
        if (choice.name == text) {
            if (choice.available) {
                return;
            }
            throw refused_argument(path, "\"" + text + "\" is not yet available", needed_for(argument));
        }
        if (choice.available) {
            names.push_back(choice.name);
        }
    }
    const auto nearest = nearest_name(text, names);
    throw refused_argument(path, found_instead(argument, {text}), needed_for(argument),
                           nearest.empty() ? "" : "Did you mean \"" + std::string(nearest) + "\"?");
}

std::string checked_guid(const Argument& argument, const std::string& text, const std::string& path) {
    const auto guid = parse_guid(text);
    if (!guid) {
        throw refused_argument(path, found_instead(argument, {text}), needed_for(argument));
    }
    return *guid;
}

/// Semicolons separate transforms; a colon, @ and | before one mean embedded and secured ones ("TRANSFORMS
/// Property", Windows Installer).
void require_transform_path(const Argument& argument, const std::string& text, const std::string& path) {
    if (text.front() == ':') {
        throw refused_argument(
            path, found_instead(argument, {text}), needed_for(argument),
            "A transform within the package cannot be looked at beforehand: save it as a file of its own.");
    }
    if (text.front() == '@' || text.front() == '|' || text.find(';') != std::string::npos) {
        throw refused_argument(path, found_instead(argument, {text}), needed_for(argument));
    }
}

bool is_version(ArgumentType type) {
    return type == ArgumentType::configuration_version || type == ArgumentType::product_version;
}

bool parses_as_version(ArgumentType type, const std::string& text) {
    if (type == ArgumentType::product_version) {
        return parse_product_version(text).has_value();
    }
    return text == "default" || parse_configuration_version(text).has_value();
}

const std::string& require_text(const Argument& argument, const InputValue& value, const std::string& path) {
    const auto* text = value.get_if<std::string>();
    const bool is_number = value.get_if<double>() != nullptr;
    if (text == nullptr && is_number && is_version(argument.type)) {
        throw refused_argument(path, found_instead(argument, value), needed_for(argument),
                               "Quote it: YAML reads 1.10 as 1.1.");
    }
    if (text == nullptr) {
        throw refused_argument(path, found_instead(argument, value), needed_for(argument),
                               is_number ? "Quote it." : "");
    }
    if (text->empty()) {
        throw refused_argument(path, "it is an empty string", needed_for(argument),
                               "Leave it out where there is nothing to say.");
    }
    return *text;
}

}  // namespace

bool check_boolean(const Argument& argument, const InputValue& value, const std::string& path) {
    if (const auto* flag = value.get_if<bool>()) {
        return *flag;
    }
    const auto* number = value.get_if<double>();
    if (number != nullptr && (*number == 0 || *number == 1)) {
        return *number == 1;
    }
    const auto* text = value.get_if<std::string>();
    const auto spelled = text == nullptr ? std::nullopt : boolean_of(*text);
    if (!spelled) {
        throw refused_argument(path, found_instead(argument, value), needed_for(argument));
    }
    return *spelled;
}

std::int64_t check_integer(const Argument& argument, const InputValue& value, const std::string& path) {
    const auto number = number_of(value);
    const bool is_whole = number && std::trunc(*number) == *number;
    const bool is_in_range =
        is_whole && (!argument.range || (*number >= static_cast<double>(argument.range->least) &&
                                         *number <= static_cast<double>(argument.range->most)));
    if (!is_in_range) {
        throw refused_argument(path, found_instead(argument, value), needed_for(argument));
    }
    return static_cast<std::int64_t>(*number);
}

std::string check_text(const Argument& argument, const InputValue& value, const std::string& path) {
    const std::string& text = require_text(argument, value, path);
    if (!argument.choices.empty()) {
        require_choice(argument, text, path);
        return text;
    }
    if (argument.type == ArgumentType::guid) {
        return checked_guid(argument, text, path);
    }
    if (argument.type == ArgumentType::transform_path) {
        require_transform_path(argument, text, path);
    }
    if (is_version(argument.type) && !parses_as_version(argument.type, text)) {
        throw refused_argument(path, found_instead(argument, value), needed_for(argument));
    }
    return text;
}

}  // namespace upshift
