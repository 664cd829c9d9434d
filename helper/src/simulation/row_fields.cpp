// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/row_fields.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

const json* RowFields::given(const char* name) const {
    const auto found = row_.find(name);
    return found == row_.end() ? nullptr : &*found;
}

void RowFields::text(const char* name, std::string& value) const {
    if (!reading_) {
        if (!value.empty()) {
            row_[name] = value;
        }
    } else if (const auto* written = given(name)) {
        value = written->get_ref<const std::string&>();
    }
}

void RowFields::number(const char* name, std::int64_t& value) const {
    if (!reading_) {
        if (value != 0) {
            row_[name] = value;
        }
    } else {
        const auto* written = given(name);
        value = written == nullptr ? 0 : written->get<std::int64_t>();
    }
}

void RowFields::flag(const char* name, bool& value) const {
    if (!reading_) {
        if (value) {
            row_[name] = true;
        }
    } else {
        const auto* written = given(name);
        value = written != nullptr && written->get<bool>();
    }
}

void RowFields::texts(const char* name, std::vector<std::string>& value) const {
    if (!reading_) {
        json list = json::array();
        for (const auto& text : value) {
            list.push_back(text);
        }
        row_[name] = std::move(list);
    } else if (given(name) != nullptr) {
        value.clear();
        for (const auto& text : row_[name]) {
            value.push_back(text.get_ref<const std::string&>());
        }
    }
}

void RowFields::counts(const char* name, std::map<std::string, std::int64_t>& value) const {
    if (!reading_) {
        json object = json::object();
        for (const auto& [key, count] : value) {
            object[key] = count;
        }
        row_[name] = std::move(object);
    } else if (const auto* written = given(name)) {
        for (auto entry = written->begin(); entry != written->end(); ++entry) {
            value[entry.key()] = entry->get<std::int64_t>();
        }
    }
}

std::size_t RowFields::count(const char* name) const {
    const auto* written = given(name);
    return written == nullptr ? 0 : written->size();
}

json& RowFields::row(const char* name, std::size_t number) const {
    json& list = row_[name];
    if (!reading_) {
        list.push_back(json::object());
    }
    return list.at(number);
}

}  // namespace upshift::simulation
