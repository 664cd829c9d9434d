// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "machine/windows/unique_handle.hpp"

namespace upshift {

/// A named pipe that gives one text to one process of this user or of SYSTEM: for a process that inherits no
/// handles, and a text that may hold secrets. Nobody else can make it before us or read from it.
class InputPipe {
  public:
    /// Throws OperationError.
    InputPipe();

    /// What to open for reading.
    const std::string& name() const { return name_; }
    /// Blocks until the other process has opened it and read everything, at most 60 s. Throws OperationError.
    void give(std::string_view text);

  private:
    void wait_for(OVERLAPPED& operation);

    std::string name_;
    FileHandle pipe_;
    KernelHandle done_;
};

}  // namespace upshift
