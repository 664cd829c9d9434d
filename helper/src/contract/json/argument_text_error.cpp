// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/argument_text_error.hpp"

#include <algorithm>

#include "support/utf8.hpp"

namespace upshift {

namespace {

// nlohmann's messages run "[json.exception…] parse error at …: syntax error while parsing object - <what>;
// last read: '<the text itself>'; expected …". Only <what> is free of the text, and what is expected where
// nothing was last read (json/detail/input/parser.hpp, exception_message).
std::string_view what_is_wrong(std::string_view message) {
    const auto start = message.find(" - ");
    if (start == std::string_view::npos) {
        return message;
    }
    message.remove_prefix(start + 3);
    return message.substr(0, message.find("; last read:"));
}

bool has_non_finite_number(std::string_view rest) {
    return rest.starts_with("NaN") || rest.starts_with("Infinity") || rest.starts_with("-Infinity");
}

/// How long the token is that ends the text. The parser's own record begins anew with strings and numbers
/// only (json/detail/input/lexer.hpp, reset), so for others it is too long.
std::size_t token_length(std::string_view read, std::size_t recorded) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    if (std::string_view("{}[],:").find(read.back()) != std::string_view::npos) {
        return 1;
    }
    if (letters.find(read.back()) == std::string_view::npos) {
        return recorded;
    }
    const auto before = read.find_last_not_of(letters);
    return before == std::string_view::npos ? read.size() : read.size() - before - 1;
}

/// Where the token begins that the parser rejects as a whole; for one that is broken within, where it breaks.
std::size_t offending_offset(const SyntaxError& error, bool is_whole_token) {
    if (error.bytes_read == 0 || error.bytes_read > error.text.size()) {
        return error.text.size();
    }
    const auto read = error.text.substr(0, error.bytes_read);
    const std::size_t length = is_whole_token ? token_length(read, error.token_bytes) : 1;
    return read.size() - std::min(length, read.size());
}

}  // namespace

OperationError unusable_text(const std::string& found, const std::string& needed, const std::string& hint) {
    ErrorDetail detail;
    detail.kind = ErrorKind::invalid_arguments;
    detail.attempted = "read the arguments on standard input";
    detail.found = found;
    detail.needed = needed;
    detail.hint = hint;
    return OperationError(detail);
}

std::string position_text(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const auto line_start = before.rfind('\n');
    const auto line = line_start == std::string_view::npos ? before : before.substr(line_start + 1);
    return "line " + std::to_string(lines + 1) + ", column " + std::to_string(count_characters(line) + 1);
}

OperationError syntax_error(const SyntaxError& error) {
    const std::string_view wrong = what_is_wrong(error.message);
    const bool is_too_large = wrong.find("number overflow") != std::string_view::npos;
    const bool is_whole_token = is_too_large || wrong.starts_with("unexpected ");
    const std::size_t offset = offending_offset(error, is_whole_token);
    const std::string at = "at " + position_text(error.text, offset) + " ";
    const std::string hint = "Columns count characters.";
    if (error.after_the_end) {
        return unusable_text(at + "something follows the first value", "exactly one JSON object", hint);
    }
    if (offset >= error.text.size()) {
        return unusable_text("it is no JSON: " + at + "it ends too early", "one JSON object", hint);
    }
    if (has_non_finite_number(error.text.substr(offset)) ||
        (offset > 0 && has_non_finite_number(error.text.substr(offset - 1)))) {
        return unusable_text("it is no JSON: " + at + "stands NaN or Infinity", "a finite number", hint);
    }
    if (wrong.find("surrogate") != std::string_view::npos || wrong.find("U+DC00") != std::string_view::npos) {
        return unusable_text(at + "half of a surrogate pair ends", "a character, or both halves of a pair",
                             hint);
    }
    if (is_too_large) {
        return unusable_text(at + "stands a number that is too large", "a finite number", hint);
    }
    return unusable_text("it is no JSON: " + at + "there is an " + std::string(wrong), "one JSON object",
                         hint);
}

}  // namespace upshift
