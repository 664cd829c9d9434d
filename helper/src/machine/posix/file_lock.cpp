// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace upshift {

namespace {

class DescriptorLock : public FileLock {
  public:
    explicit DescriptorLock(int descriptor) : descriptor_(descriptor) {}
    DescriptorLock(const DescriptorLock&) = delete;
    DescriptorLock& operator=(const DescriptorLock&) = delete;
    ~DescriptorLock() override { (void)::close(descriptor_); }

    /// False where somebody else holds it.
    bool try_lock() const {
        // flock belongs to the open file, not to the process: it also holds between two runs in one process.
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
            return true;
        }
        if (errno == EWOULDBLOCK) {
            return false;
        }
        throw std::system_error(errno, std::generic_category(), "flock");
    }

  private:
    int descriptor_;
};

}  // namespace

std::unique_ptr<FileLock> try_lock_file(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "open");
    }
    auto lock = std::make_unique<DescriptorLock>(descriptor);
    return lock->try_lock() ? std::move(lock) : nullptr;
}

}  // namespace upshift
