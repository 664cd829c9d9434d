// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/row_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

#include "support/error.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

/// From hexadecimal digits after 0x, or from decimal ones.
std::optional<std::int64_t> number_in(std::string_view text) {
    const bool is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    const std::string digits(is_hexadecimal ? text.substr(2) : text);
    const auto* const end = digits.data() + digits.size();
    std::int64_t number = 0;
    const auto [stopped, error] = std::from_chars(digits.data(), end, number, is_hexadecimal ? 16 : 10);
    return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

}  // namespace

void refuse_place(const std::string& file, const std::string& place, const std::string& found,
                  const std::string& needed) {
    throw OperationError({.kind = ErrorKind::invalid_arguments,
                          .attempted = "read the simulation file",
                          .object = file,
                          .found = place + " is " + found,
                          .needed = needed});
}

std::string describe(const json& value) {
    switch (value.type()) {
        case json::value_t::object:
            return "an object";
        case json::value_t::array:
            return "a list";
        case json::value_t::string:
            return "the text \"" + value.get<std::string>() + "\"";
        case json::value_t::boolean:
            return value.get<bool>() ? "true" : "false";
        case json::value_t::null:
            return "null";
        default:
            return "the number " + value.dump();
    }
}

RowReader::RowReader(const json& object, std::string file, std::string place)
    : object_(&object), file_(std::move(file)), place_(std::move(place)) {
    if (!object.is_object()) {
        refuse_place(file_, place_, describe(object), "an object");
    }
}

void RowReader::refuse(std::string_view key, const std::string& found, const std::string& needed) const {
    refuse_place(file_, place_ + "." + std::string(key), found, needed);
}

const json* RowReader::take(std::string_view key) {
    known_.emplace_back(key);
    const auto found = object_->find(key);
    return found == object_->end() || found->is_null() ? nullptr : &*found;
}

bool RowReader::has(std::string_view key) const {
    const auto found = object_->find(key);
    return found != object_->end() && !found->is_null();
}

std::optional<std::string> RowReader::text(std::string_view key) {
    const json* value = take(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        refuse(key, describe(*value), value->is_number() ? "a text: quote it" : "a text");
    }
    return value->get<std::string>();
}

std::string RowReader::text_or(std::string_view key, std::string_view otherwise) {
    return text(key).value_or(std::string(otherwise));
}

std::string RowReader::required_text(std::string_view key) {
    std::string value = given_text(key);
    if (value.empty()) {
        refuse(key, "empty", "a text");
    }
    return value;
}

std::string RowReader::given_text(std::string_view key) {
    auto value = text(key);
    if (!value) {
        refuse(key, "not given", "a text, which has no default");
    }
    return std::move(*value);
}

std::string RowReader::choice(std::string_view key, std::initializer_list<std::string_view> choices) {
    const auto value = text(key);
    if (!value || value->empty()) {
        return std::string(*choices.begin());
    }
    if (std::find(choices.begin(), choices.end(), *value) == choices.end()) {
        std::string names;
        for (const auto name : choices) {
            names += (names.empty() ? "" : ", ") + std::string(name);
        }
        refuse(key, "the text \"" + *value + "\"", "one of " + names);
    }
    return *value;
}

std::optional<std::int64_t> RowReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
    const json* value = take(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    const bool fits = value->is_number_integer() && *value >= low && *value <= high;
    if (!fits) {
        refuse(key, describe(*value),
               "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return value->get<std::int64_t>();
}

std::optional<std::uint32_t> RowReader::code(std::string_view key) {
    const json* value = take(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    constexpr std::int64_t highest = 0xFFFFFFFFLL;
    std::int64_t number = 0;
    if (value->is_number_integer()) {
        number = value->get<std::int64_t>();
    } else if (value->is_string()) {
        number = number_in(value->get_ref<const std::string&>()).value_or(0);
    }
    if (number < 1 || number > highest) {
        refuse(key, describe(*value), "a code such as \"0x800706BA\" or 32775");
    }
    return static_cast<std::uint32_t>(number);
}

std::optional<double> RowReader::seconds(std::string_view key) {
    const json* value = take(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    constexpr double a_year = 366.0 * 24 * 3600;
    if (!value->is_number() || value->get<double>() < 0 || value->get<double>() > a_year) {
        refuse(key, describe(*value), "a number of seconds, at least 0 and at most a year");
    }
    return value->get<double>();
}

std::optional<bool> RowReader::boolean(std::string_view key) {
    const json* value = take(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_boolean()) {
        refuse(key, describe(*value), "true or false");
    }
    return value->get<bool>();
}

std::vector<std::string> RowReader::texts(std::string_view key) {
    const json* value = take(key);
    if (value == nullptr) {
        return {};
    }
    const bool all_texts =
        value->is_array() &&
        std::all_of(value->begin(), value->end(), [](const json& entry) { return entry.is_string(); });
    if (!all_texts) {
        refuse(key, describe(*value), "a list of texts");
    }
    return value->get<std::vector<std::string>>();
}

std::optional<RowReader> RowReader::object(std::string_view key) {
    const json* value = take(key);
    return value == nullptr ? std::nullopt
                            : std::optional(RowReader(*value, file_, place_ + "." + std::string(key)));
}

std::vector<RowReader> RowReader::objects(std::string_view key) {
    const json* value = take(key);
    std::vector<RowReader> readers;
    if (value == nullptr) {
        return readers;
    }
    if (!value->is_array()) {
        refuse(key, describe(*value), "a list of objects");
    }
    for (const json& entry : *value) {
        readers.emplace_back(entry, file_,
                             place_ + "." + std::string(key) + "[" + std::to_string(readers.size()) + "]");
    }
    return readers;
}

void RowReader::finish() const {
    for (const auto& [key, value] : object_->items()) {
        if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
            std::string names;
            for (const auto& name : known_) {
                names += (names.empty() ? "" : ", ") + name;
            }
            refuse(key, "no value that such a row has", "one of " + names);
        }
    }
}

}  // namespace upshift::simulation
