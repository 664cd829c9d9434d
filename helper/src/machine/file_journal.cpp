// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/file_journal.hpp"

#include <chrono>
#include <system_error>

#include "machine/journal_text.hpp"
#include "support/error.hpp"

namespace upshift {

namespace {

std::string reason_of(const std::system_error& error) {
    return error.code().message();
}

OperationError not_noted(const JournalEntry& entry, const std::string& folder,
                         const std::system_error& error) {
    const bool denied = error.code() == std::errc::permission_denied;
    return OperationError(
        {.kind = denied ? ErrorKind::access_denied : ErrorKind::failed,
         .attempted = "note down in the journal what is begun with",
         .object = entry.name,
         .found = "the folder \"" + folder + "\" cannot be written (" + reason_of(error) + ")",
         .needed = "a folder that this user may write to",
         .hint = "Nothing was begun. Run it as an administrator, or set UPSHIFT_STATE_DIR to "
                 "another folder."});
}

std::string unreadable(const std::string& path, const std::string& found, const std::string& hint) {
    return sentence({.attempted = "read the journal", .object = path, .found = found, .hint = hint});
}

std::int64_t seconds_since_1970() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

StateFolder& FileJournal::folder() {
    if (!folder_) {
        folder_.emplace(place_());
    }
    return *folder_;
}

void FileJournal::write(const JournalEntry& entry) {
    const std::lock_guard lock(mutex_);
    auto& folder = this->folder();
    const auto name = journal_file_name(entry);
    JournalEntry dated = entry;
    dated.begun_at = seconds_since_1970();
    try {
        held_.erase(name);
        held_[name] = folder.write(name, to_journal_text(dated));
    } catch (const std::system_error& error) {
        throw not_noted(entry, folder.path(), error);
    }
}

void FileJournal::take_out(const JournalEntry& entry) {
    const std::lock_guard lock(mutex_);
    auto& folder = this->folder();
    const auto name = journal_file_name(entry);
    held_.erase(name);
    try {
        folder.remove(name);
    } catch (const std::system_error& error) {
        throw OperationError(
            {.kind = ErrorKind::failed,
             .attempted = "take out of the journal the entry of",
             .object = entry.name,
             .found = "\"" + folder.path_of(name) + "\" cannot be deleted (" + reason_of(error) + ")",
             .hint = "The next run looks at it again."});
    }
}

JournalReading FileJournal::read(const std::string& operation) {
    const std::lock_guard lock(mutex_);
    JournalReading reading;
    try {
        for (const auto& name : folder().files()) {
            read_file(name, operation, reading);
        }
    } catch (const std::system_error& error) {
        reading.warnings.push_back(
            unreadable(folder().path(), reason_of(error), "What a killed run left is not known."));
    } catch (const OperationError& error) {
        reading.warnings.push_back(sentence(error.detail()));
    }
    return reading;
}

void FileJournal::read_file(const std::string& name, const std::string& operation, JournalReading& reading) {
    const auto path = folder().path_of(name);
    if (!is_journal_file_name(name)) {
        reading.warnings.push_back(
            unreadable(path, "it is not a file of upshift's journal", "It is left alone."));
        return;
    }
    try {
        // Another run that goes on holds its entries.
        const auto lock = try_lock_file(path);
        if (lock == nullptr) {
            return;
        }
        auto entry = parse_journal_text(folder().read(name));
        if (!entry) {
            reading.warnings.push_back(unreadable(
                path, "it is damaged",
                "Look which virtual machines are off and which products are there, and delete it by hand."));
        } else if (entry->operation == operation) {
            reading.entries.push_back(std::move(*entry));
        }
    } catch (const std::system_error& error) {
        // An entry that its run has just taken out is none.
        if (error.code() != std::errc::no_such_file_or_directory) {
            reading.warnings.push_back(unreadable(path, reason_of(error), "It is left alone."));
        }
    }
}

}  // namespace upshift
