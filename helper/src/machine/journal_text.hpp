// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "machine/journal.hpp"

namespace upshift {

/// An entry as the text of a file: one "name: value" line for each field, and a last line that shows that the
/// text is whole.
std::string to_journal_text(const JournalEntry& entry);

/// The entry; nothing where the text is none, or not all of one.
std::optional<JournalEntry> parse_journal_text(std::string_view text);

/// The name of the file for an entry with that key, made of letters, digits and "-_." alone.
std::string journal_file_name(const JournalEntry& entry);

/// Whether a file of that name should hold an entry.
bool is_journal_file_name(std::string_view name);

}  // namespace upshift
