// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/file_lock.hpp"

#include <windows.h>

#include <system_error>

#include "machine/windows/text.hpp"

namespace upshift {

namespace {

std::system_error last_error(const char* what) {
    return {static_cast<int>(GetLastError()), std::system_category(), what};
}

class HandleLock : public FileLock {
  public:
    explicit HandleLock(HANDLE file) : file_(file) {}
    HandleLock(const HandleLock&) = delete;
    HandleLock& operator=(const HandleLock&) = delete;
    ~HandleLock() override { CloseHandle(file_); }

    /// False where somebody else holds it.
    bool try_lock() const {
        // Locks of LockFileEx forbid reading the bytes they cover, so one far beyond the content is taken.
        OVERLAPPED range{};
        range.OffsetHigh = 0x40000000;
        if (LockFileEx(file_, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &range) != 0) {
            return true;
        }
        if (GetLastError() == ERROR_LOCK_VIOLATION || GetLastError() == ERROR_IO_PENDING) {
            return false;
        }
        throw last_error("LockFileEx");
    }

  private:
    HANDLE file_;
};

}  // namespace

std::unique_ptr<FileLock> try_lock_file(const std::string& path) {
    constexpr DWORD share_all = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    auto* const file = CreateFileW(windows::wide(path).c_str(), GENERIC_READ, share_all, nullptr,
                                   OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE) {
        throw last_error("CreateFile");
    }
    auto lock = std::make_unique<HandleLock>(file);
    return lock->try_lock() ? std::move(lock) : nullptr;
}

}  // namespace upshift
