// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "machine/file_lock.hpp"
#include "simulation/simulated_implementations.hpp"

namespace upshift::simulation {

/// What runs have changed in a described host: `<file>.state` beside the described file, which itself is
/// never written. Deleting it starts over. Held against other runs from construction to destruction if
/// read_write. Safe from several threads.
class StateFile {
  public:
    /// Throws OperationError: busy where another run holds the described file for longer than `patience`,
    /// invalid_arguments where the state is damaged.
    StateFile(const std::string& described_file, SimulationAccess access,
              std::chrono::seconds patience = std::chrono::seconds(5));

    bool writable() const { return lock_ != nullptr; }
    /// What earlier runs and this one stored under that name ("vms", "products", "faults"); null where
    /// nothing is.
    nlohmann::ordered_json section(const std::string& name) const;
    /// Replaces the section and writes the file, as a whole or not at all. Only if writable.
    void store(const std::string& name, const nlohmann::ordered_json& section);
    /// The same for a section that is JSON text already.
    void store_text(const std::string& name, std::string section);
    /// Where the described file is not the one that the state was begun with: a sentence that says so. The
    /// state holds all the same, since rows may come and go.
    std::optional<std::string> warning() const;
    /// Throws the error for a state that holds something else than what was stored.
    [[noreturn]] void refuse_damaged(const std::string& found) const;

  private:
    void read();
    void compare_description();
    std::string text_of_file() const;
    void write() const;

    std::string described_file_;
    std::string path_;
    bool description_changed_ = false;
    std::unique_ptr<FileLock> lock_;
    mutable std::mutex mutex_;
    std::map<std::string, std::string> sections_;  ///< as JSON text, by name
};

}  // namespace upshift::simulation
