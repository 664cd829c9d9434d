// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "machine/file_lock.hpp"

namespace upshift {

struct StatePlace {
    std::string path;     ///< UTF-8
    bool chosen = false;  ///< by UPSHIFT_STATE_DIR, and so with the rights that its owner gives it
    int levels = 2;       ///< so many of its last folders are ours
};

/// A folder in that one.
StatePlace place_within(const StatePlace& place, std::string_view name);

/// Where this system keeps the state of runs: UPSHIFT_STATE_DIR; else %ProgramData%\Upshift\state on Windows,
/// and $XDG_STATE_HOME/upshift or ~/.local/state/upshift. Platform by platform. Throws OperationError where
/// there is no such place.
StatePlace state_place();

/// Small files that outlast this process and its computer's power. The folder is made when something is
/// written first: on Linux for this user alone; on Windows, unless chosen, for administrators and SYSTEM
/// alone, and one that somebody else made there before is refused. Every method throws std::system_error.
class StateFolder {
  public:
    explicit StateFolder(StatePlace place) : place_(std::move(place)) {}

    const std::string& path() const { return place_.path; }
    std::string path_of(std::string_view name) const;

    /// Names of the files in it; none where there is no folder.
    std::vector<std::string> files() const;
    std::string read(const std::string& name) const;
    /// As a whole or not at all, and on the disk when it returns. Nobody sees the file without the lock that
    /// is given back. The suffix ".new" is our own.
    [[nodiscard]] std::unique_ptr<FileLock> write(const std::string& name, std::string_view text) const;
    /// Nothing happens where there is no such file.
    void remove(const std::string& name) const;
    /// The folder, where something else than write is to put files there. Platform by platform.
    void make() const;

  private:
    /// Platform by platform.
    std::vector<std::string> names() const;

    StatePlace place_;
};

}  // namespace upshift
