// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/state_folder.hpp"

#include <algorithm>

#include "machine/files.hpp"

namespace upshift {

namespace {

constexpr std::string_view unfinished = ".new";

}  // namespace

StatePlace place_within(const StatePlace& place, std::string_view name) {
    return {.path = path_in(place.path, name), .chosen = place.chosen, .levels = place.levels + 1};
}

std::string StateFolder::path_of(std::string_view name) const {
    return path_in(place_.path, name);
}

std::vector<std::string> StateFolder::files() const {
    auto found = names();
    std::erase_if(found, [](const std::string& name) { return name.ends_with(unfinished); });
    std::sort(found.begin(), found.end());
    return found;
}

std::string StateFolder::read(const std::string& name) const {
    return read_file(path_of(name));
}

std::unique_ptr<FileLock> StateFolder::write(const std::string& name, std::string_view text) const {
    make();
    const std::string temporary = path_of(name).append(unfinished);
    write_file(temporary, text, Flush::to_disk);
    auto lock = try_lock_file(temporary);
    rename_file(temporary, path_of(name), Flush::to_disk);
    return lock;
}

void StateFolder::remove(const std::string& name) const {
    delete_file(path_of(name));
}

}  // namespace upshift
