// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/job_errors.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace upshift::simulation {

namespace {

constexpr std::string_view before_message = R"(<PROPERTY NAME="Message" TYPE="string"><VALUE>)";
constexpr std::string_view after_message = "</VALUE></PROPERTY>";

/// The ampersand is first: it is in what stands for the others.
constexpr std::array<std::pair<char, std::string_view>, 3> escapes{
    {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}}};

void replace_all(std::string& text, std::string_view old_text, std::string_view new_text) {
    for (auto at = text.find(old_text); at != std::string::npos; at = text.find(old_text, at)) {
        text.replace(at, old_text.size(), new_text);
        at += new_text.size();
    }
}

}  // namespace

std::string error_instance(const std::string& message, std::int64_t code) {
    std::string escaped = message;
    for (const auto& [plain, escape] : escapes) {
        replace_all(escaped, std::string_view(&plain, 1), escape);
    }
    return R"(<INSTANCE CLASSNAME="Msvm_Error"><PROPERTY NAME="ErrorType" TYPE="uint16"><VALUE>0)" +
           std::string(after_message) + R"(<PROPERTY NAME="CIMStatusCode" TYPE="uint32"><VALUE>)" +
           std::to_string(code) + std::string(after_message) + std::string(before_message) + escaped +
           std::string(after_message) + "</INSTANCE>";
}

std::optional<std::string> formatted_errors(const std::vector<std::string>& instances) {
    std::string text;
    for (const auto& instance : instances) {
        const auto begin = instance.find(before_message);
        const auto end = instance.find(after_message, begin);
        if (begin == std::string::npos || end == std::string::npos) {
            return std::nullopt;
        }
        const auto from = begin + before_message.size();
        std::string message = instance.substr(from, end - from);
        std::for_each(escapes.rbegin(), escapes.rend(), [&](const auto& escape) {
            replace_all(message, escape.second, std::string_view(&escape.first, 1));
        });
        text += (text.empty() ? "" : "\n") + message;
    }
    return text;
}

}  // namespace upshift::simulation
