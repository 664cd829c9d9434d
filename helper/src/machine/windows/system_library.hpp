// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "machine/windows/unique_handle.hpp"

namespace upshift {

/// A DLL from the system folder, and from nowhere else: one of the same name beside the program or in the
/// current folder is never taken. Unloaded with this object.
class SystemLibrary {
  public:
    /// Throws OperationError, not_supported, where this Windows does not have it.
    explicit SystemLibrary(const wchar_t* name);

    /// The function exported under that name. Throws OperationError, not_supported, where it is missing.
    template <typename Function>
    void load(Function*& function, const char* name) const {
        function = reinterpret_cast<Function*>(address(name));
    }

  private:
    void* address(const char* name) const;

    std::string name_;
    LibraryHandle library_;
};

}  // namespace upshift
