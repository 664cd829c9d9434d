// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/input_value.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "support/utf8.hpp"

namespace upshift {

namespace {

// Not std::to_chars: its tables for floating point are 170 kB of upshift.exe.
/// The shortest decimal that is this number again. printf and not to_chars, whose tables for floating point
/// are a tenth of upshift.exe.
std::string number_text(double number) {
    constexpr int always_exact = 17;
    std::array<char, 32> text{};
    for (int digits = 15; digits <= always_exact; ++digits) {
        (void)std::snprintf(text.data(), text.size(), "%.*g", digits, number);
        if (std::strtod(text.data(), nullptr) == number) {
            break;
        }
    }
    return text.data();
}

}  // namespace

std::string kind_of(const InputValue& value) {
    constexpr std::array<const char*, 6> kinds{"null",     "a boolean", "a number",
                                               "a string", "a list",    "an object"};
    return kinds.at(value.value.index());
}

std::string description_of(const InputValue& value) {
    if (const auto* flag = value.get_if<bool>()) {
        return *flag ? "the boolean true" : "the boolean false";
    }
    if (const auto* number = value.get_if<double>()) {
        return "the number " + number_text(*number);
    }
    if (const auto* text = value.get_if<std::string>()) {
        return "the string \"" + shortened(*text, 60) + "\"";
    }
    return kind_of(value);
}

}  // namespace upshift
