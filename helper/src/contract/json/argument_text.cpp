// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/argument_text.hpp"

#include <string>

#include <nlohmann/json.hpp>

#include "contract/json/argument_reader.hpp"
#include "contract/json/argument_text_error.hpp"
#include "support/utf8.hpp"

namespace upshift {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// RFC 4627, section 3: two ASCII characters begin a JSON text, so the zero bytes among the first ones tell
/// the encoding.
bool looks_like_utf16(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return true;
    }
    const auto start = text.substr(0, 4);
    return start.size() >= 2 && start.find('\0') != std::string_view::npos &&
           start.find_first_not_of('\0') != std::string_view::npos;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void require_readable(std::string_view text) {
    if (text.size() > max_input_bytes) {
        throw unusable_text("it is longer than 16 MiB", "at most 16777216 bytes");
    }
    if (looks_like_utf16(text)) {
        throw unusable_text(
            "it is UTF-16 or UTF-32", "UTF-8",
            "In Windows PowerShell, set $OutputEncoding to [Text.UTF8Encoding]::new($false) before "
            "piping to the helper.");
    }
    if (const auto offset = first_invalid_utf8(text)) {
        throw unusable_text("the byte at offset " + std::to_string(*offset) + " is no UTF-8", "UTF-8");
    }
}

}  // namespace

InputObject read_argument_text(std::string_view text) {
    require_readable(text);
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    if (is_blank(text)) {
        throw unusable_text("it is empty", "one JSON object", R"(Where no argument is meant, write {}.)");
    }
    ArgumentReader reader(text);
    (void)nlohmann::ordered_json::sax_parse(text.begin(), text.end(), &reader);
    return reader.take_object();
}

}  // namespace upshift
