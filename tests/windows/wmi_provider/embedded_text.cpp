// SPDX-License-Identifier: GPL-3.0-or-later
#include "embedded_text.hpp"

#include <array>
#include <ranges>
#include <regex>
#include <utility>

namespace upshift::test_provider {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> entities{
    {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}}};

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        std::string_view written(&c, 1);
        for (const auto& [entity, sign] : entities) {
            written = sign.front() == c ? entity : written;
        }
        result += written;
    }
    return result;
}

std::string unescaped(std::string text) {
    for (const auto& [entity, sign] : entities | std::views::reverse) {
        for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
            text.replace(at, entity.size(), sign);
        }
    }
    return text;
}

}  // namespace

std::string embedded_text(const ObjectContent& content) {
    std::string text = R"(<INSTANCE CLASSNAME=")" + content.class_name + R"(">)";
    for (const auto& property : content.properties) {
        const auto* value = std::get_if<std::string>(&property.value);
        text += R"(<PROPERTY NAME=")" + property.name + R"(" TYPE="string">)" +
                (value == nullptr ? "" : "<VALUE>" + escaped(*value) + "</VALUE>") + "</PROPERTY>";
    }
    return text + "</INSTANCE>";
}

std::optional<cim::EmbeddedInstance> embedded_in(const std::string& text) {
    static const std::regex whole(R"re(<INSTANCE CLASSNAME="(\w+)">(.*)</INSTANCE>)re");
    static const std::regex property(
        R"re(<PROPERTY NAME="(\w+)" TYPE="string">(?:<VALUE>([^<]*)</VALUE>)?</PROPERTY>)re");
    std::smatch found;
    if (!std::regex_match(text, found, whole)) {
        return std::nullopt;
    }
    cim::EmbeddedInstance instance{found[1], {}};
    const std::string properties = found[2];
    for (std::sregex_iterator each(properties.begin(), properties.end(), property), end; each != end;
         ++each) {
        if ((*each)[2].matched) {
            instance.properties.emplace_back((*each)[1], unescaped((*each)[2]));
        }
    }
    return instance;
}

}  // namespace upshift::test_provider
