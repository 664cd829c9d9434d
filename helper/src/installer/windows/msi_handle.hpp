// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

#include "installer/windows/msi_library.hpp"

namespace upshift {

/// Owns a handle of the installer: a database, a view, a record. The functions are not owned.
class MsiHandle {
  public:
    explicit MsiHandle(const MsiFunctions& msi) : msi_(&msi) {}
    MsiHandle(MsiHandle&& other) noexcept : msi_(other.msi_), handle_(std::exchange(other.handle_, 0)) {}
    MsiHandle& operator=(MsiHandle&&) = delete;
    MsiHandle(const MsiHandle&) = delete;
    MsiHandle& operator=(const MsiHandle&) = delete;
    ~MsiHandle() {
        if (handle_ != 0) {
            msi_->close_handle(handle_);
        }
    }

    MSIHANDLE get() const { return handle_; }
    /// Where a function of the installer puts a new handle. Only on an empty one.
    MSIHANDLE* receive() { return &handle_; }

  private:
    const MsiFunctions* msi_;
    MSIHANDLE handle_ = 0;
};

/// Calls a function of the installer that fills a buffer, until the buffer is large enough. `call` takes the
/// buffer and its size in characters, and gives the installer's code. The text is meaningful where the code
/// is ERROR_SUCCESS.
template <typename Call>
std::pair<UINT, std::wstring> read_text(Call call) {
    std::wstring text(64, L'\0');
    auto size = static_cast<DWORD>(text.size());
    UINT code = call(text.data(), &size);
    if (code == ERROR_MORE_DATA) {
        text.resize(size + 1);
        size = static_cast<DWORD>(text.size());
        code = call(text.data(), &size);
    }
    text.resize(code == ERROR_SUCCESS ? size : 0);
    return {code, std::move(text)};
}

/// A field of a record as UTF-8; empty where it is missing.
std::string record_text(const MsiFunctions& msi, MSIHANDLE record, unsigned field);

}  // namespace upshift
