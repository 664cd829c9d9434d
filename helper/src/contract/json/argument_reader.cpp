// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/argument_reader.hpp"

#include <algorithm>
#include <utility>

#include "contract/arguments/refusal.hpp"
#include "contract/json/argument_text.hpp"
#include "contract/json/argument_text_error.hpp"
#include "support/utf8.hpp"

namespace upshift {

namespace {

bool holds_nul(std::string_view text) {
    return text.find('\0') != std::string_view::npos;
}

std::string with_key(const std::string& path, std::string_view key) {
    const std::string name = shortened(key, 60);
    return path.empty() ? name : path + "." + name;
}

/// The key that stands more than once, or nothing.
const std::string* duplicate_key(const InputObject& object) {
    std::vector<const std::string*> keys;
    keys.reserve(object.size());
    for (const auto& entry : object) {
        keys.push_back(&entry.key);
    }
    std::sort(keys.begin(), keys.end(), [](const auto* left, const auto* right) { return *left < *right; });
    const auto found = std::adjacent_find(
        keys.begin(), keys.end(), [](const auto* left, const auto* right) { return *left == *right; });
    return found == keys.end() ? nullptr : *found;
}

}  // namespace

bool ArgumentReader::null() {
    add({});
    return true;
}

bool ArgumentReader::boolean(bool flag) {
    add({flag});
    return true;
}

bool ArgumentReader::number_integer(std::int64_t number) {
    add({static_cast<double>(number)});
    return true;
}

bool ArgumentReader::number_unsigned(std::uint64_t number) {
    add({static_cast<double>(number)});
    return true;
}

bool ArgumentReader::number_float(double number, const std::string& /*spelled*/) {
    add({number});
    return true;
}

bool ArgumentReader::string(std::string& text) {
    add({std::move(text)});
    return true;
}

// JSON text has no binary values; the parser's interface asks for the method all the same.
bool ArgumentReader::binary(std::vector<std::uint8_t>& /*bytes*/) {
    return false;
}

bool ArgumentReader::start_object(std::size_t /*size*/) {
    open({InputObject()});
    return true;
}

bool ArgumentReader::key(std::string& name) {
    if (holds_nul(name)) {
        throw unusable_text(R"(a key holds a NUL character (\u0000))", "text without it");
    }
    open_.back().key = std::move(name);
    return true;
}

bool ArgumentReader::end_object() {
    if (const auto* key = duplicate_key(std::get<InputObject>(open_.back().container.value))) {
        open_.back().key = *key;
        throw refused_argument(path(), "it is given more than once", "each key once");
    }
    close();
    return true;
}

bool ArgumentReader::start_array(std::size_t /*size*/) {
    open({InputList()});
    return true;
}

bool ArgumentReader::end_array() {
    close();
    return true;
}

bool ArgumentReader::parse_error(std::size_t bytes_read, const std::string& token,
                                 const nlohmann::ordered_json::exception& error) {
    throw syntax_error({text_, bytes_read, token.size(), error.what(), is_whole_});
}

InputObject ArgumentReader::take_object() {
    auto* object = std::get_if<InputObject>(&whole_.value);
    if (object == nullptr) {
        throw unusable_text("it holds " + kind_of(whole_), "one JSON object");
    }
    return std::move(*object);
}

void ArgumentReader::add(InputValue value) {
    const auto* text = value.get_if<std::string>();
    if (open_.empty()) {
        whole_ = std::move(value);
        is_whole_ = true;
        return;
    }
    if (text != nullptr && holds_nul(*text)) {
        throw refused_argument(path(), R"(it holds a NUL character (\u0000))", "text without it");
    }
    auto& top = open_.back();
    if (auto* list = std::get_if<InputList>(&top.container.value)) {
        list->push_back(std::move(value));
        return;
    }
    std::get<InputObject>(top.container.value).push_back({std::move(top.key), std::move(value)});
}

void ArgumentReader::open(InputValue container) {
    if (open_.size() == max_input_depth) {
        throw unusable_text("objects and lists lie in each other deeper than 64", "a nesting of at most 64");
    }
    open_.push_back({std::move(container), {}});
}

void ArgumentReader::close() {
    InputValue closed = std::move(open_.back().container);
    open_.pop_back();
    add(std::move(closed));
}

std::string ArgumentReader::path() const {
    std::string path;
    for (const auto& level : open_) {
        if (const auto* list = level.container.get_if<InputList>()) {
            path += "[" + std::to_string(list->size()) + "]";
        } else {
            path = with_key(path, level.key);
        }
    }
    return path;
}

}  // namespace upshift
