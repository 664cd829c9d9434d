// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/state_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "support/error.hpp"

namespace upshift {

namespace {

namespace fs = std::filesystem;

fs::path environment(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe) nobody changes the environment of this process
    const char* value = std::getenv(name);
    return value == nullptr ? fs::path() : fs::path(value);
}

[[noreturn]] void fail(const char* call) {
    throw std::system_error(errno, std::generic_category(), call);
}

class Descriptor {
  public:
    Descriptor(const fs::path& path, int flags, const char* call)
        : number_(::open(path.c_str(), flags, 0600)) {
        if (number_ < 0) {
            fail(call);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { (void)::close(number_); }

    int get() const { return number_; }
    void flush() const {
        if (::fsync(number_) != 0) {
            fail("fsync");
        }
    }

  private:
    int number_;
};

/// Each missing folder on the way, for this user alone.
void make_folders(const fs::path& path) {
    fs::path so_far;
    for (const auto& part : path) {
        so_far /= part;
        if (::mkdir(so_far.c_str(), 0700) != 0 && errno != EEXIST && !fs::is_directory(so_far)) {
            fail("mkdir");
        }
    }
}

void write_all(const Descriptor& file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file.get(), text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            fail("write");
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

}  // namespace

StatePlace state_place() {
    if (const auto chosen = environment("UPSHIFT_STATE_DIR"); !chosen.empty()) {
        return {fs::absolute(chosen), true};
    }
    // XDG Base Directory Specification: a path that is not absolute is ignored.
    if (const auto state = environment("XDG_STATE_HOME"); state.is_absolute()) {
        return {state / "upshift", false};
    }
    if (const auto home = environment("HOME"); home.is_absolute()) {
        return {home / ".local" / "state" / "upshift", false};
    }
    throw OperationError({.kind = ErrorKind::failed,
                          .attempted = "find a folder for the journal",
                          .found = "neither UPSHIFT_STATE_DIR nor XDG_STATE_HOME nor HOME names one",
                          .hint = "Set UPSHIFT_STATE_DIR."});
}

std::vector<std::string> StateFolder::files() const {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(place_.path.c_str()), ::closedir);
    std::vector<std::string> names;
    if (!folder) {
        if (errno == ENOENT) {
            return names;
        }
        fail("opendir");
    }
    // NOLINTNEXTLINE(concurrency-mt-unsafe) the folder's stream is of this thread alone
    while (const dirent* entry = ::readdir(folder.get())) {
        const std::string name = entry->d_name;
        if (fs::is_regular_file(place_.path / name) && !name.ends_with(".new")) {
            names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string StateFolder::read(const std::string& name) const {
    const Descriptor file(place_.path / name, O_RDONLY | O_CLOEXEC, "open");
    std::string text;
    std::string piece(4096, '\0');
    while (true) {
        const ssize_t size = ::read(file.get(), piece.data(), piece.size());
        if (size == 0) {
            return text;
        }
        if (size < 0 && errno != EINTR) {
            fail("read");
        }
        text.append(piece, 0, size < 0 ? 0 : static_cast<std::size_t>(size));
    }
}

std::unique_ptr<FileLock> StateFolder::write(const std::string& name, std::string_view text) const {
    make_folders(place_.path);
    const auto temporary = place_.path / (name + ".new");
    {
        const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, "open");
        write_all(file, text);
        file.flush();
    }
    auto lock = try_lock_file(temporary);
    if (::rename(temporary.c_str(), (place_.path / name).c_str()) != 0) {
        fail("rename");
    }
    Descriptor(place_.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, "open").flush();
    return lock;
}

void StateFolder::remove(const std::string& name) const {
    if (::unlink((place_.path / name).c_str()) != 0 && errno != ENOENT) {
        fail("unlink");
    }
}

}  // namespace upshift
