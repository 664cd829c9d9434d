// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/stage_request.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "support/error.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

/// What may be part of a folder's name.
bool is_version(const std::string& text) {
    return !text.empty() && text.front() != '.' && std::ranges::all_of(text, [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
               c == '-';
    });
}

bool is_sha256(const std::string& text) {
    constexpr std::size_t digits = 64;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

OperationError unusable(const std::string& argument, const std::string& needed) {
    return OperationError({.kind = ErrorKind::invalid_arguments,
                           .attempted = "use the argument",
                           .object = argument,
                           .found = "it is missing or has another form",
                           .needed = needed});
}

std::string text_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

StageRequest parse_stage_request(std::string_view text) {
    const Json object = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!object.is_object()) {
        throw OperationError({.kind = ErrorKind::invalid_arguments,
                              .attempted = "read the arguments",
                              .found = "they are no JSON object",
                              .needed = R"({"version": …, "sha256": …})"});
    }
    StageRequest request{.version = text_in(object, "version"), .sha256 = text_in(object, "sha256")};
    if (!is_version(request.version)) {
        throw unusable("version", "a version such as \"1.2.3\"");
    }
    if (!is_sha256(request.sha256)) {
        throw unusable("sha256", "64 lower-case hexadecimal digits");
    }
    return request;
}

}  // namespace upshift
