// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <cstddef>
#include <vector>

namespace upshift {

/// The one handle that a new process inherits ("UpdateProcThreadAttribute function":
/// PROC_THREAD_ATTRIBUTE_HANDLE_LIST). Without such a list it inherits every inheritable one, also those that
/// we inherited ourselves, such as the pipes of a remote session, which would then stay open as long as the
/// process lives.
class HandleList {
  public:
    /// The handle must be inheritable and outlive the list. Throws std::system_error.
    explicit HandleList(HANDLE only);
    HandleList(const HandleList&) = delete;
    HandleList& operator=(const HandleList&) = delete;
    ~HandleList() { ::DeleteProcThreadAttributeList(get()); }

    LPPROC_THREAD_ATTRIBUTE_LIST get() {
        return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
    }

  private:
    HANDLE only_;
    std::vector<std::byte> memory_;
};

}  // namespace upshift
