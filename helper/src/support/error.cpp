// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/error.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace upshift {

namespace {

constexpr std::array<std::string_view, 16> kind_names{
    "invalid_arguments",
    "connection",
    "authentication",
    "access_denied",
    "not_supported",
    "not_found",
    "wrong_state",
    "refused",
    "busy",
    "timeout",
    "cancelled",
    "package_invalid",
    "package_unreadable",
    "untrusted_package",
    "failed",
    "internal",
};

std::string code_clause(const ErrorDetail& detail) {
    if (detail.code.empty()) {
        return "";
    }
    std::string clause =
        " (" + (detail.code_family.empty() ? std::string("code") : detail.code_family) + " " + detail.code;
    if (!detail.symbol.empty()) {
        clause += ", " + detail.symbol;
    }
    return clause + ")";
}

/// What was found and what was needed; empty where neither is known.
std::string obstacle_clause(const ErrorDetail& detail) {
    if (detail.needed.empty()) {
        return detail.found;
    }
    return detail.found + (detail.found.empty() ? "needed is " : "; needed is ") + detail.needed;
}

void add_sentence(std::string& text, const std::string& next) {
    if (next.empty()) {
        return;
    }
    text += " " + next;
    if (next.back() != '.' && next.back() != '!' && next.back() != '?') {
        text += ".";
    }
}

}  // namespace

std::string_view name_of(ErrorKind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

std::string sentence(const ErrorDetail& detail) {
    std::string text = "Could not " + (detail.attempted.empty() ? std::string("finish") : detail.attempted);
    if (!detail.object.empty()) {
        text += " \"" + detail.object + "\"";
    }
    const std::string obstacle = obstacle_clause(detail);
    text += (obstacle.empty() ? "" : ": ") + obstacle + code_clause(detail) + ".";
    add_sentence(text, detail.cause);
    add_sentence(text, detail.hint);
    return text;
}

std::string explanation(const ErrorDetail& detail) {
    std::string text = obstacle_clause(detail);
    if (text.empty()) {
        return sentence(detail);
    }
    if (text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    text += code_clause(detail) + ".";
    add_sentence(text, detail.cause);
    add_sentence(text, detail.hint);
    return text;
}

OperationError::OperationError(ErrorDetail detail) : detail_(std::move(detail)), text_(sentence(detail_)) {}

std::string code_text(unsigned long code) {
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), code >= 0x80000000UL ? "0x%08lX" : "%lu", code);
    return text.data();
}

}  // namespace upshift
