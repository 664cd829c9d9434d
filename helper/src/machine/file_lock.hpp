// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

namespace upshift {

/// Holds a file against other processes until destroyed, or until the process ends in whatever way. The
/// file's content stays readable to everybody and is not touched.
class FileLock {
  public:
    FileLock() = default;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    virtual ~FileLock() = default;
};

/// By its path in UTF-8: the lock, or nullptr where another process (or another FileLock) holds it. Never
/// blocks. Throws std::system_error where the file cannot be opened or locked at all.
std::unique_ptr<FileLock> try_lock_file(const std::string& path);

}  // namespace upshift
