// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/checked_arguments.hpp"

#include <utility>

namespace upshift {

bool CheckedArguments::operator==(const CheckedArguments& other) const {
    return values_ == other.values_;
}

void CheckedArguments::set(std::string_view name, CheckedValue value) {
    values_.insert_or_assign(std::string(name), std::move(value));
}

bool CheckedArguments::flag(std::string_view name) const {
    return get<bool>(name);
}

std::int64_t CheckedArguments::number(std::string_view name) const {
    return get<std::int64_t>(name);
}

std::string CheckedArguments::text(std::string_view name) const {
    return get<std::string>(name);
}

std::vector<std::string> CheckedArguments::texts(std::string_view name) const {
    return get<std::vector<std::string>>(name);
}

std::vector<CheckedArguments> CheckedArguments::sets(std::string_view name) const {
    return get<std::vector<CheckedArguments>>(name);
}

std::map<std::string, std::string> CheckedArguments::map(std::string_view name) const {
    return get<std::map<std::string, std::string>>(name);
}

}  // namespace upshift
