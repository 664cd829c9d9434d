// SPDX-License-Identifier: GPL-3.0-or-later
#include "path_text.hpp"

#include <regex>

#include "com_object.hpp"
#include "simulation/cim_namespace.hpp"

namespace upshift::test_provider {

using simulation::same_text;

namespace {

/// What stands between quotes, with its backslashes taken off.
std::string unescaped(const std::string& quoted) {
    return std::regex_replace(quoted, std::regex(R"(\\(.))"), "$1");
}

using Words = std::vector<std::string>;

/// Names, literals in their quotes, numbers and single signs, in order.
Words words_of(std::string_view text) {
    static const std::regex word(
        R"(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+|[A-Za-z_][A-Za-z0-9_.]*|[=,*]))");
    Words words;
    const std::string all(text);
    auto at = all.cbegin();
    std::smatch found;
    while (std::regex_search(at, all.cend(), found, word, std::regex_constants::match_continuous)) {
        words.push_back(found[1]);
        at = found[0].second;
    }
    if (std::string(at, all.cend()).find_first_not_of(' ') != std::string::npos) {
        fail(WBEM_E_INVALID_QUERY);
    }
    return words;
}

/// Takes words one by one.
class QueryReader {
  public:
    explicit QueryReader(Words words) : words_(std::move(words)) {}

    bool at_end() const { return next_ == words_.size(); }
    const std::string& take() {
        if (at_end()) {
            fail(WBEM_E_INVALID_QUERY);
        }
        return words_[next_++];
    }
    bool take_if(std::string_view word) {
        const bool is_it = !at_end() && same_text(words_[next_], word);
        next_ += is_it ? 1 : 0;
        return is_it;
    }
    void expect(std::string_view word) {
        if (!take_if(word)) {
            fail(WBEM_E_INVALID_QUERY);
        }
    }

    cim::Value take_literal() {
        const auto& word = take();
        if (word.front() == '\'' || word.front() == '"') {
            return unescaped(word.substr(1, word.size() - 2));
        }
        if (same_text(word, "TRUE") || same_text(word, "FALSE")) {
            return same_text(word, "TRUE");
        }
        if (!std::regex_match(word, std::regex(R"(-?\d+)"))) {
            fail(WBEM_E_INVALID_QUERY);
        }
        return std::int64_t{std::stoll(word)};
    }

  private:
    Words words_;
    std::size_t next_ = 0;
};

ParsedQuery parse_select(std::string_view text) {
    QueryReader reader(words_of(text));
    ParsedQuery query;
    reader.expect("SELECT");
    if (!reader.take_if("*")) {
        do {
            query.columns.push_back(reader.take());
        } while (reader.take_if(","));
    }
    reader.expect("FROM");
    query.class_name = reader.take();
    if (reader.take_if("WHERE")) {
        do {
            const auto name = reader.take();
            if (reader.take_if("IS")) {
                reader.expect("NULL");
                query.filters.emplace_back(name, cim::Value());
            } else {
                reader.expect("=");
                query.filters.emplace_back(name, reader.take_literal());
            }
        } while (reader.take_if("AND"));
    }
    if (!reader.at_end()) {
        fail(WBEM_E_INVALID_QUERY);
    }
    return query;
}

}  // namespace

std::string path_text(const cim::ObjectPath& path) {
    std::string text = path.class_name;
    char separator = '.';
    for (const auto& [name, value] : path.keys) {
        text += separator + name + "=\"";
        for (const char sign : value) {
            text += sign == '"' || sign == '\\' ? std::string{'\\', sign} : std::string{sign};
        }
        text += '"';
        separator = ',';
    }
    return text;
}

std::optional<cim::ObjectPath> parse_path(std::string_view text) {
    static const std::regex whole(R"((?:(?:\\\\[^\\]+\\)?[^:"]+:)?([A-Za-z_][A-Za-z0-9_]*)(?:\.(.+))?)");
    static const std::regex key(R"re(([A-Za-z_][A-Za-z0-9_]*)=(?:"((?:[^"\\]|\\.)*)"|(\d+))(,|$))re");
    const std::string all(text);
    std::smatch found;
    if (!std::regex_match(all, found, whole)) {
        return std::nullopt;
    }
    cim::ObjectPath path{found[1], {}};
    const std::string keys = found[2];
    auto at = keys.cbegin();
    while (at != keys.cend()) {
        if (!std::regex_search(at, keys.cend(), found, key, std::regex_constants::match_continuous)) {
            return std::nullopt;
        }
        path.keys.emplace_back(found[1], found[3].matched ? found[3].str() : unescaped(found[2]));
        at = found[0].second;
    }
    return path;
}

ParsedQuery parse_query(std::string_view text) {
    static const std::regex references(
        R"(\s*REFERENCES\s+OF\s+\{(.*)\}\s+WHERE\s+ResultClass\s*=\s*(\w+)\s*)", std::regex::icase);
    const std::string all(text);
    std::smatch found;
    if (!std::regex_match(all, found, references)) {
        return parse_select(text);
    }
    ParsedQuery query;
    query.referenced = parse_path(found[1].str());
    query.class_name = found[2];
    if (!query.referenced) {
        fail(WBEM_E_INVALID_QUERY);
    }
    return query;
}

}  // namespace upshift::test_provider
