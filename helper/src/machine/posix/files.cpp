// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace upshift {

namespace {

[[noreturn]] void fail(const char* call) {
    throw std::system_error(errno, std::generic_category(), call);
}

class Descriptor {
  public:
    Descriptor(const std::string& path, int flags)
        : number_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH)) {
        if (number_ < 0) {
            fail("open");
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            (void)::close(number_);
        }
    }

    int get() const { return number_; }
    void flush() const {
        if (::fsync(number_) != 0) {
            fail("fsync");
        }
    }
    /// Network file systems tell of a full disk only now.
    void close() {
        if (::close(std::exchange(number_, -1)) != 0 && errno != EINTR) {
            fail("close");
        }
    }

  private:
    int number_;
};

}  // namespace

std::string read_file(const std::string& path) {
    const Descriptor file(path, O_RDONLY);
    constexpr std::size_t piece = std::size_t{64} * 1024;
    std::string text;
    while (true) {
        const std::size_t before = text.size();
        text.resize(before + piece);
        const ssize_t size = ::read(file.get(), text.data() + before, piece);
        if (size < 0 && errno != EINTR) {
            fail("read");
        }
        text.resize(before + (size < 0 ? 0 : static_cast<std::size_t>(size)));
        if (size == 0) {
            return text;
        }
    }
}

void write_file(const std::string& path, std::string_view text, Flush flush) {
    Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
    while (!text.empty()) {
        const ssize_t written = ::write(file.get(), text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            fail("write");
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    if (flush == Flush::to_disk) {
        file.flush();
    }
    file.close();
}

void rename_file(const std::string& from, const std::string& to, Flush flush) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        fail("rename");
    }
    if (flush == Flush::to_disk) {
        const auto slash = to.find_last_of('/');
        Descriptor(slash == std::string::npos ? "." : to.substr(0, slash + 1), O_RDONLY | O_DIRECTORY)
            .flush();
    }
}

void delete_file(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        fail("unlink");
    }
}

bool file_exists(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

std::string path_in(const std::string& folder, std::string_view name) {
    return std::string(folder).append(folder.ends_with('/') ? "" : "/").append(name);
}

std::string temporary_folder() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe) nobody changes the environment of this process
    const char* chosen = std::getenv("TMPDIR");
    return chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
}

// std::random_device of a libstdc++ that was built on glibc 2.36 or later needs arc4random of that version.
unsigned random_number() {
    unsigned number = 0;
    // So few bytes come whole or not at all (getrandom(2)).
    while (::getrandom(&number, sizeof(number), 0) < 0) {
        if (errno != EINTR) {
            fail("getrandom");
        }
    }
    return number;
}

}  // namespace upshift
