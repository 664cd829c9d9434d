// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/refusal.hpp"

#include "support/nearest_name.hpp"

namespace upshift {

namespace {

std::string needed_choice(const Argument& argument) {
    std::vector<std::string_view> names;
    for (const auto& choice : argument.choices) {
        if (choice.available) {
            names.push_back(choice.name);
        }
    }
    return quoted_list(names);
}

std::string needed_integer(const Argument& argument) {
    if (!argument.range) {
        return "a whole number";
    }
    return "a whole number from " + std::to_string(argument.range->least) + " to " +
           std::to_string(argument.range->most) + " (" + std::string(argument.range->unit) + ")";
}

}  // namespace

OperationError refused_argument(const std::string& path, const std::string& found, const std::string& needed,
                                const std::string& hint) {
    ErrorDetail detail;
    detail.kind = ErrorKind::invalid_arguments;
    detail.attempted = "use the argument";
    detail.object = path;
    detail.found = found;
    detail.needed = needed;
    detail.hint = hint;
    return OperationError(detail);
}

std::string needed_for(const Argument& argument) {
    if (!argument.choices.empty()) {
        return needed_choice(argument);
    }
    switch (argument.type) {
        case ArgumentType::text:
            return "a string";
        case ArgumentType::path:
            return "a path as a string";
        case ArgumentType::transform_path:
            return "the path of an .mst file, without a semicolon";
        case ArgumentType::boolean:
            return "true or false (or yes, no, on, off, 1, 0)";
        case ArgumentType::integer:
            return needed_integer(argument);
        case ArgumentType::configuration_version:
            return R"("default" or a version such as "10.0")";
        case ArgumentType::product_version:
            return R"(a version such as "2.1.0")";
        case ArgumentType::guid:
            return R"(a GUID such as "B637F346-6A0E-4DEC-AF52-BD70CB80A21D")";
        case ArgumentType::property_map:
            return "an object of public properties whose values are strings";
        case ArgumentType::object:
            return "an object";
    }
    return "";
}

std::string found_instead(const Argument& argument, const InputValue& value) {
    return "it is " + (argument.secret ? kind_of(value) : description_of(value));
}

}  // namespace upshift
