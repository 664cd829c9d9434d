// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/state_file.hpp"

#include <fstream>
#include <system_error>
#include <thread>

#include "simulation/json_text.hpp"
#include "support/error.hpp"
#include "support/utf8_path.hpp"

namespace upshift::simulation {

using nlohmann::json;

namespace {

OperationError cannot_hold(const std::string& file, ErrorKind kind, const std::string& found) {
    return OperationError({.kind = kind,
                           .attempted = "hold the simulation file",
                           .object = file,
                           .found = found,
                           .needed = "a file that no other run is changing",
                           .hint = kind == ErrorKind::busy
                                       ? "Wait for the other run, or give each run a file of its own."
                                       : ""});
}

std::unique_ptr<FileLock> hold(const std::string& file, std::chrono::seconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        auto lock = try_lock_file(utf8_path(file));
        if (lock != nullptr) {
            return lock;
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            throw cannot_hold(file, ErrorKind::busy,
                              "another run has held it for " + std::to_string(patience.count()) + " seconds");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace

StateFile::StateFile(const std::string& described_file, SimulationAccess access,
                     std::chrono::seconds patience)
    : path_(utf8_path(described_file + ".state")), name_(described_file + ".state") {
    if (access == SimulationAccess::read_write) {
        try {
            lock_ = hold(described_file, patience);
        } catch (const std::system_error& error) {
            throw cannot_hold(described_file, ErrorKind::invalid_arguments, error.code().message());
        }
    }
    read();
}

json StateFile::section(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = sections_.find(name);
    return found == sections_.end() ? json() : parse_json(found->second);
}

void StateFile::store(const std::string& name, const json& section) {
    store_text(name, text_of_json(section));
}

void StateFile::store_text(const std::string& name, std::string section) {
    const std::lock_guard lock(mutex_);
    sections_[name] = std::move(section);
    write();
}

void StateFile::refuse_damaged(const std::string& found) const {
    throw OperationError({.kind = ErrorKind::invalid_arguments,
                          .attempted = "read the simulation's state",
                          .object = name_,
                          .found = found,
                          .needed = "what an earlier run wrote there",
                          .hint = "Delete the file to start over from what is described."});
}

void StateFile::read() {
    const auto text = text_of_file(path_);
    if (!text) {
        return;
    }
    json sections;
    try {
        sections = parse_json(*text);
    } catch (const json::parse_error&) {
        refuse_damaged("it is not JSON");
    }
    if (!sections.is_object()) {
        refuse_damaged("it is not an object");
    }
    for (const auto& [name, section] : sections.items()) {
        sections_[name] = text_of_json(section);
    }
}

void StateFile::write() const {
    auto temporary = path_;
    temporary += ".new";
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    const char* before = "{\n";
    for (const auto& [name, section] : sections_) {
        file << before << text_of_json(name) << ": " << section;
        before = ",\n";
    }
    file << "\n}\n";
    file.close();
    std::error_code error;
    if (file) {
        std::filesystem::rename(temporary, path_, error);
    }
    if (!file || error) {
        throw OperationError({.kind = ErrorKind::failed,
                              .attempted = "write the simulation's state",
                              .object = name_,
                              .found = error ? error.message() : std::string("the file cannot be written"),
                              .needed = "a folder that this user may write to"});
    }
}

}  // namespace upshift::simulation
