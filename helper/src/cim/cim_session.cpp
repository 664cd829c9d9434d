// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/cim_session.hpp"

#include <algorithm>

namespace upshift::cim {

namespace {

const Value* find_in(const NamedValues& values, std::string_view name) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == name; });
    return found == values.end() ? nullptr : &found->second;
}

}  // namespace

const Value* Instance::find(std::string_view name) const {
    return find_in(properties, name);
}

std::string Instance::text(std::string_view name) const {
    const Value* value = find(name);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return text == nullptr ? std::string() : *text;
}

std::optional<std::int64_t> Instance::number(std::string_view name) const {
    const Value* value = find(name);
    const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

std::optional<ObjectPath> MethodResult::reference(std::string_view name) const {
    const Value* value = find_in(out, name);
    const auto* path = value == nullptr ? nullptr : std::get_if<ObjectPath>(value);
    return path == nullptr ? std::nullopt : std::optional(*path);
}

}  // namespace upshift::cim
