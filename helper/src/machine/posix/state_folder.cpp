// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/state_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>

#include "machine/files.hpp"
#include "support/error.hpp"

namespace upshift {

namespace {

std::string environment(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe) nobody changes the environment of this process
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool is_folder(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_file(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

StatePlace state_place() {
    if (const auto chosen = environment("UPSHIFT_STATE_DIR"); !chosen.empty()) {
        return {.path = chosen, .chosen = true};
    }
    // XDG Base Directory Specification: a path that is not absolute is ignored.
    if (const auto state = environment("XDG_STATE_HOME"); state.starts_with('/')) {
        return {.path = path_in(state, "upshift")};
    }
    if (const auto home = environment("HOME"); home.starts_with('/')) {
        return {.path = path_in(home, ".local/state/upshift")};
    }
    throw OperationError({.kind = ErrorKind::failed,
                          .attempted = "find a folder for the journal",
                          .found = "neither UPSHIFT_STATE_DIR nor XDG_STATE_HOME nor HOME names one",
                          .hint = "Set UPSHIFT_STATE_DIR."});
}

void StateFolder::make() const {
    // Each missing folder on the way, for this user alone.
    for (auto slash = place_.path.find('/', 1);; slash = place_.path.find('/', slash + 1)) {
        const std::string so_far = place_.path.substr(0, slash);
        const int error = ::mkdir(so_far.c_str(), S_IRWXU) == 0 ? 0 : errno;
        if (error != 0 && !is_folder(so_far)) {
            throw std::system_error(error == EEXIST ? ENOTDIR : error, std::generic_category(), "mkdir");
        }
        if (slash == std::string::npos) {
            return;
        }
    }
}

std::vector<std::string> StateFolder::names() const {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(place_.path.c_str()), ::closedir);
    std::vector<std::string> names;
    if (!folder) {
        if (errno == ENOENT) {
            return names;
        }
        throw std::system_error(errno, std::generic_category(), "opendir");
    }
    // NOLINTNEXTLINE(concurrency-mt-unsafe) the folder's stream is of this thread alone
    while (const dirent* entry = ::readdir(folder.get())) {
        if (is_file(path_of(entry->d_name))) {
            names.emplace_back(entry->d_name);
        }
    }
    return names;
}

}  // namespace upshift
