// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "machine/journal.hpp"
#include "support/error.hpp"

namespace upshift::test {

/// A journal that remembers what happened to it; `full` makes it refuse to note anything down.
class MemoryJournal : public Journal {
  public:
    void write(const JournalEntry& entry) override {
        const std::lock_guard lock(mutex_);
        if (full) {
            throw OperationError({.kind = ErrorKind::failed,
                                  .attempted = "note down in the journal what is begun with",
                                  .object = entry.name,
                                  .found = "the disk is full"});
        }
        forget(entry);
        entries.push_back(entry);
        written.push_back(entry);
    }
    void take_out(const JournalEntry& entry) override {
        const std::lock_guard lock(mutex_);
        forget(entry);
    }
    JournalReading read(const std::string& operation) override {
        const std::lock_guard lock(mutex_);
        JournalReading reading;
        std::copy_if(entries.begin(), entries.end(), std::back_inserter(reading.entries),
                     [&](const JournalEntry& entry) { return entry.operation == operation; });
        reading.warnings = warnings;
        return reading;
    }

    std::vector<JournalEntry> entries;
    std::vector<JournalEntry> written;  ///< all that ever were
    std::vector<std::string> warnings;
    bool full = false;

  private:
    void forget(const JournalEntry& entry) {
        std::erase_if(entries, [&](const JournalEntry& other) {
            return other.operation == entry.operation && other.host == entry.host && other.id == entry.id;
        });
    }

    std::mutex mutex_;
};

}  // namespace upshift::test
