// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "machine/file_lock.hpp"
#include "machine/journal.hpp"
#include "machine/state_folder.hpp"

namespace upshift {

/// The journal as one small file for each entry. The run that wrote an entry holds its file for as long as it
/// lives: so another run knows whether it was left behind. Nothing is looked up or touched before the first
/// call.
class FileJournal : public Journal {
  public:
    using Place = StatePlace (*)();
    explicit FileJournal(Place place = state_place) : place_(place) {}

    void write(const JournalEntry& entry) override;
    void take_out(const JournalEntry& entry) override;
    JournalReading read(const std::string& operation) override;

  private:
    StateFolder& folder();
    void read_file(const std::string& name, const std::string& operation, JournalReading& reading);

    Place place_;
    std::mutex mutex_;
    std::optional<StateFolder> folder_;
    std::map<std::string, std::unique_ptr<FileLock>> held_;  ///< by name of file
};

}  // namespace upshift
