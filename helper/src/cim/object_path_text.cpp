// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/object_path_text.hpp"

#include <algorithm>
#include <utility>

namespace upshift::cim {

namespace {

std::string_view without_namespace(std::string_view text) {
    const bool names_server = text.starts_with(R"(\\)") || text.starts_with("//");
    // A server's name may hold dots, a class's may not.
    const auto end = text.find_first_of(names_server ? ":\"" : ":.=\"");
    return end != std::string_view::npos && text[end] == ':' ? text.substr(end + 1) : text;
}

/// Takes the keys of a path off its text, one by one.
class KeyReader {
  public:
    explicit KeyReader(std::string_view text) : rest_(text) {}

    bool read(ObjectPath& path) {
        while (!rest_.empty()) {
            const auto equals = rest_.find('=');
            if (equals == std::string_view::npos || equals == 0) {
                return false;
            }
            std::string name(rest_.substr(0, equals));
            rest_.remove_prefix(equals + 1);
            auto value = rest_.starts_with('"') ? quoted() : plain();
            if (!value || !next()) {
                return false;
            }
            path.keys.emplace_back(std::move(name), std::move(*value));
        }
        return true;
    }

  private:
    std::optional<std::string> quoted() {
        std::string value;
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            if (rest_[i] == '"') {
                rest_.remove_prefix(i + 1);
                return value;
            }
            if (rest_[i] == '\\' && i + 1 < rest_.size()) {
                ++i;
            }
            value += rest_[i];
        }
        return std::nullopt;
    }

    /// A number or a boolean.
    std::optional<std::string> plain() {
        const auto length = std::min(rest_.find(','), rest_.size());
        std::string value(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return value.empty() ? std::nullopt : std::optional(value);
    }

    /// Past the comma between two keys.
    bool next() {
        if (rest_.empty()) {
            return true;
        }
        if (rest_.front() != ',' || rest_.size() == 1) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::string object_path_text(const ObjectPath& path) {
    std::string text = path.class_name;
    char separator = '.';
    for (const auto& [name, value] : path.keys) {
        text.append(1, separator).append(name).append("=\"");
        for (const char c : value) {
            if (c == '\\' || c == '"') {
                text += '\\';
            }
            text += c;
        }
        text += '"';
        separator = ',';
    }
    return text;
}

std::optional<ObjectPath> parse_object_path(std::string_view text) {
    const auto rest = without_namespace(text);
    const auto end = rest.find_first_of(".=\"");
    ObjectPath path{std::string(rest.substr(0, end)), {}};
    if (path.class_name.empty()) {
        return std::nullopt;
    }
    const auto keys = end == std::string_view::npos ? std::string_view() : rest.substr(end);
    // The only object of its class has no keys.
    if (keys.empty() || keys == "=@") {
        return path;
    }
    const bool has_keys = keys.front() == '.' && keys.size() > 1;
    return has_keys && KeyReader(keys.substr(1)).read(path) ? std::optional(path) : std::nullopt;
}

}  // namespace upshift::cim
