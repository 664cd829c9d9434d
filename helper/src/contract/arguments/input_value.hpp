// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace upshift {

struct InputValue;
struct InputMember;
using InputList = std::vector<InputValue>;
using InputObject = std::vector<InputMember>;  ///< in the order given; keys are unique

/// An argument as it was given, before anything is known of what it should be. Texts are well-formed UTF-8
/// without NUL; numbers are finite.
struct InputValue {
    std::variant<std::monostate, bool, double, std::string, InputList, InputObject> value;

    template <typename Type>
    const Type* get_if() const {
        return std::get_if<Type>(&value);
    }
    bool is_null() const { return std::holds_alternative<std::monostate>(value); }
};

struct InputMember {
    std::string key;
    InputValue value;
};

/// What kind of value it is, for a message: "a string".
std::string kind_of(const InputValue& value);
/// The value itself where it is short enough to say, for a message: "the number 1.1"; else its kind.
std::string description_of(const InputValue& value);

}  // namespace upshift
