// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/journal_text.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace upshift {

namespace {

constexpr std::string_view first_line = "upshift journal 1\n";
constexpr std::string_view last_line = "end\n";
constexpr std::string_view suffix = ".journal";

struct TextField {
    std::string_view name;
    std::string JournalEntry::* value;
};

constexpr std::array<TextField, 8> text_fields{{{"operation", &JournalEntry::operation},
                                                {"host", &JournalEntry::host},
                                                {"id", &JournalEntry::id},
                                                {"name", &JournalEntry::name},
                                                {"begun", &JournalEntry::begun},
                                                {"version", &JournalEntry::version},
                                                {"family", &JournalEntry::family},
                                                {"replaces", &JournalEntry::replaces}}};

/// A name may hold any character: a line feed and the backslash are written with a backslash before them.
std::string one_line(std::string_view value) {
    std::string text;
    for (const char c : value) {
        if (c == '\n') {
            text += "\\n";
        } else if (c == '\\') {
            text += "\\\\";
        } else {
            text += c;
        }
    }
    return text;
}

std::string from_one_line(std::string_view text) {
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            value += text[i] == 'n' ? '\n' : text[i];
        } else {
            value += text[i];
        }
    }
    return value;
}

/// Takes "name: value" lines off the front of a text.
class LineReader {
  public:
    explicit LineReader(std::string_view text) : rest_(text) {}

    bool take(std::string_view literal) {
        const bool there = rest_.starts_with(literal);
        rest_.remove_prefix(there ? literal.size() : 0);
        return there;
    }

    std::optional<std::string> value(std::string_view name) {
        const auto end = rest_.find('\n');
        const std::string_view line = rest_.substr(0, end);
        if (end == std::string_view::npos || !line.starts_with(name) ||
            !line.substr(name.size()).starts_with(": ")) {
            return std::nullopt;
        }
        rest_.remove_prefix(end + 1);
        return from_one_line(line.substr(name.size() + 2));
    }

    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

std::optional<std::int64_t> to_number(const std::string& text) {
    std::int64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string to_journal_text(const JournalEntry& entry) {
    std::string text(first_line);
    for (const auto& field : text_fields) {
        text.append(field.name).append(": ").append(one_line(entry.*field.value)).append("\n");
    }
    text.append("restart: ").append(entry.restart ? "yes" : "no");
    text.append("\nbegun_at: ").append(std::to_string(entry.begun_at)).append("\n");
    if (!entry.job.empty()) {
        text.append("job: ").append(one_line(entry.job)).append("\n");
    }
    return text.append(last_line);
}

std::optional<JournalEntry> parse_journal_text(std::string_view text) {
    LineReader lines(text);
    JournalEntry entry;
    if (!lines.take(first_line)) {
        return std::nullopt;
    }
    for (const auto& field : text_fields) {
        const auto value = lines.value(field.name);
        if (!value) {
            return std::nullopt;
        }
        entry.*field.value = *value;
    }
    const auto restart = lines.value("restart");
    const auto begun_at = lines.value("begun_at");
    const auto seconds = begun_at ? to_number(*begun_at) : std::nullopt;
    entry.job = lines.value("job").value_or("");
    if (!restart || !seconds || !lines.take(last_line) || !lines.at_end()) {
        return std::nullopt;
    }
    entry.restart = *restart == "yes";
    entry.begun_at = *seconds;
    return entry;
}

std::string journal_file_name(const JournalEntry& entry) {
    // FNV-1a over the key: host names and product codes may hold what a file name must not.
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const auto& part : {entry.operation, entry.host, entry.id}) {
        for (const char c : part + "\n") {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        }
    }
    std::array<char, 20> digits{};
    (void)std::snprintf(digits.data(), digits.size(), "%08lx%08lx", static_cast<unsigned long>(hash >> 32U),
                        static_cast<unsigned long>(hash & 0xFFFFFFFFU));
    return std::string("begun-").append(digits.data()).append(suffix);
}

bool is_journal_file_name(std::string_view name) {
    return name.ends_with(suffix);
}

}  // namespace upshift
