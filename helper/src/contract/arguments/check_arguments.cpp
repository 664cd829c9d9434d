// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/check_arguments.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "contract/arguments/check_property.hpp"
#include "contract/arguments/check_value.hpp"
#include "contract/arguments/refusal.hpp"
#include "support/nearest_name.hpp"
#include "support/utf8.hpp"

namespace upshift {

namespace {

constexpr std::string_view ansible_prefix = "_ansible_";

CheckedArguments check_object(const std::vector<Argument>& table, const std::vector<Argument>* around,
                              const InputObject& given, const std::string& path);

std::string joined(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

const Argument* find_argument(const std::vector<Argument>& table, std::string_view name) {
    const auto found =
        std::find_if(table.begin(), table.end(), [name](const Argument& row) { return row.name == name; });
    return found == table.end() ? nullptr : &*found;
}

const InputValue* find_given(const InputObject& given, std::string_view name) {
    const auto found =
        std::find_if(given.begin(), given.end(), [name](const auto& entry) { return entry.key == name; });
    return found == given.end() || found->value.is_null() ? nullptr : &found->value;
}

/// `around` is what the object stands in; null for the arguments themselves.
OperationError unknown_argument(const std::vector<Argument>& table, const std::vector<Argument>* around,
                                const std::string& path, std::string_view name) {
    std::vector<std::string_view> names;
    std::vector<std::string_view> available;
    for (const auto& argument : table) {
        names.push_back(argument.name);
        if (argument.available) {
            available.push_back(argument.name);
        }
    }
    const auto nearest = nearest_name(name, names);
    std::string hint = nearest.empty() ? "" : "Did you mean \"" + std::string(nearest) + "\"?";
    if (around != nullptr && find_argument(*around, name) != nullptr) {
        hint = "\"" + std::string(name) + "\" counts for all of them: give it beside \"" +
               path.substr(0, path.find('[')) + "\".";
    }
    return refused_argument(joined(path, shortened(name, 60)), "there is no such argument",
                            quoted_list(available), hint);
}

/// A text where an object is wanted is taken for the key that the object must have.
std::string form_of(const Argument& argument, const InputValue& value) {
    const auto required = std::ranges::find_if(argument.keys, &Argument::required);
    const auto* text = value.get_if<std::string>();
    if (text == nullptr || required == argument.keys.end() || argument.secret) {
        return "";
    }
    return "Write {" + std::string(required->name) + ": " + shortened(*text, 60) + "}.";
}

CheckedValue check_list(const std::vector<Argument>& table, const Argument& argument, const InputList& values,
                        const std::string& path) {
    if (values.empty() && !argument.may_be_empty) {
        throw refused_argument(path, "it is an empty list", "at least one value",
                               "Leave it out where there is nothing to say.");
    }
    std::vector<std::string> texts;
    std::vector<CheckedArguments> sets;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string element = path + "[" + std::to_string(i) + "]";
        if (argument.type != ArgumentType::object) {
            texts.push_back(check_text(argument, values[i], element));
            continue;
        }
        const auto* object = values[i].get_if<InputObject>();
        if (object == nullptr) {
            throw refused_argument(element, found_instead(argument, values[i]), needed_for(argument),
                                   form_of(argument, values[i]));
        }
        sets.push_back(check_object(argument.keys, &table, *object, element));
    }
    return argument.type == ArgumentType::object ? CheckedValue(std::move(sets))
                                                 : CheckedValue(std::move(texts));
}

CheckedValue check_property_map(const Argument& argument, const InputValue& value, const std::string& path) {
    const auto* object = value.get_if<InputObject>();
    if (object == nullptr) {
        throw refused_argument(path, found_instead(argument, value), needed_for(argument));
    }
    std::map<std::string, std::string> properties;
    for (const auto& [name, property] : *object) {
        const std::string at = joined(path, shortened(name, 60));
        check_property_name(name, at);
        properties.emplace(name, check_property_value(property, at));
    }
    return properties;
}

/// A list where one value is wanted, beside an argument for several.
void require_single(const std::vector<Argument>& table, const Argument& argument, const InputValue& value,
                    const std::string& path) {
    const auto several = std::ranges::find_if(table, [&](const Argument& row) {
        return row.type == ArgumentType::object && row.available &&
               find_argument(row.keys, argument.name) != nullptr;
    });
    if (several != table.end() && value.get_if<InputList>() != nullptr) {
        throw refused_argument(path, found_instead(argument, value), needed_for(argument),
                               "For several give \"" + std::string(several->name) +
                                   "\": a list of objects, " + "each with its \"" +
                                   std::string(argument.name) + "\".");
    }
}

/// `table` is what the argument stands in.
CheckedValue check_value(const std::vector<Argument>& table, const Argument& argument,
                         const InputValue& value, const std::string& path) {
    if (argument.list) {
        const auto* values = value.get_if<InputList>();
        return values != nullptr ? check_list(table, argument, *values, path)
                                 : check_list(table, argument, {value}, path);
    }
    require_single(table, argument, value, path);
    switch (argument.type) {
        case ArgumentType::boolean:
            return check_boolean(argument, value, path);
        case ArgumentType::integer:
            return check_integer(argument, value, path);
        case ArgumentType::property_map:
            return check_property_map(argument, value, path);
        default:
            return check_text(argument, value, path);
    }
}

CheckedValue default_of(const Argument& argument) {
    return check_value({}, argument, {std::string(argument.default_text)}, std::string(argument.name));
}

/// Where nothing but the default is available, a wrong value says so too, whatever its type: it is not
/// quoted, since it was never looked at.
void require_available(const Argument& argument, const InputValue& value, const std::string& path) {
    if (argument.available) {
        return;
    }
    if (argument.default_text.empty()) {
        throw refused_argument(path, "this argument is not yet available", "", "Leave it out.");
    }
    if (check_value({}, argument, value, path) != default_of(argument)) {
        throw refused_argument(path, "this argument is not yet available with another value than its default",
                               std::string(argument.default_text), "Leave it out.");
    }
}

CheckedArguments check_object(const std::vector<Argument>& table, const std::vector<Argument>* around,
                              const InputObject& given, const std::string& path) {
    for (const auto& [name, value] : given) {
        if (find_argument(table, name) == nullptr) {
            throw unknown_argument(table, around, path, name);
        }
    }
    CheckedArguments checked;
    for (const auto& argument : table) {
        const std::string at = joined(path, argument.name);
        if (const auto* value = find_given(given, argument.name)) {
            require_available(argument, *value, at);
            checked.set(argument.name, check_value(table, argument, *value, at));
        } else if (argument.required) {
            throw refused_argument(at, "it is missing", needed_for(argument));
        } else if (!argument.default_text.empty()) {
            checked.set(argument.name, default_of(argument));
        }
    }
    return checked;
}

OperationError missing_one_of(const std::vector<std::string_view>& names) {
    ErrorDetail detail;
    detail.kind = ErrorKind::invalid_arguments;
    detail.attempted = "use the arguments";
    detail.found = "one is missing";
    detail.needed = quoted_list(names);
    return OperationError(detail);
}

void require_rules(const OperationTable& table, const InputObject& given) {
    for (const auto& rule : table.exclusive) {
        for (std::size_t i = 1; i < rule.size(); ++i) {
            if (find_given(given, rule.front()) != nullptr && find_given(given, rule[i]) != nullptr) {
                throw refused_argument(
                    std::string(rule.front()),
                    "\"" + std::string(rule[i]) + "\" is given too, and they contradict each other",
                    "only one of them");
            }
        }
    }
    const auto& names = table.required_one_of;
    const bool is_met =
        names.empty() || std::any_of(names.begin(), names.end(), [&given](std::string_view name) {
            return find_given(given, name) != nullptr;
        });
    if (!is_met) {
        throw missing_one_of(names);
    }
}

}  // namespace

CheckedArguments check_arguments(const OperationTable& table, const InputObject& given) {
    InputObject own;
    std::copy_if(given.begin(), given.end(), std::back_inserter(own),
                 [](const auto& entry) { return !entry.key.starts_with(ansible_prefix); });
    auto checked = check_object(table.arguments, nullptr, own, "");
    require_rules(table, own);
    return checked;
}

}  // namespace upshift
