// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/state_file.hpp"

#include <cstdint>
#include <system_error>
#include <thread>

#include "machine/files.hpp"
#include "simulation/json_text.hpp"
#include "support/error.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

constexpr const char* described_section = "described";

/// FNV-1a, of 64 bits: tells an edited file from the one before it, and nothing has to withstand an attack.
std::string fingerprint(const std::string& text) {
    constexpr std::uint64_t offset_basis = 14695981039346656037U;
    constexpr std::uint64_t prime = 1099511628211U;
    std::uint64_t hash = offset_basis;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * prime;
    }
    return std::to_string(hash);
}

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
        auto lock = try_lock_file(file);
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
    : described_file_(described_file), path_(described_file + ".state") {
    if (access == SimulationAccess::read_write) {
        try {
            lock_ = hold(described_file, patience);
        } catch (const std::system_error& error) {
            throw cannot_hold(described_file, ErrorKind::invalid_arguments, error.code().message());
        }
    }
    read();
    compare_description();
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
                          .object = path_,
                          .found = found,
                          .needed = "what an earlier run wrote there",
                          .hint = "Delete the file to start over from what is described."});
}

void StateFile::read() {
    if (!file_exists(path_)) {
        return;
    }
    json sections;
    try {
        sections = parse_json(text_of_file());
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

/// A state keeps the fingerprint that it was begun with; one of an earlier version has none.
void StateFile::compare_description() {
    std::string text;
    try {
        text = text_of_json(fingerprint(read_file(described_file_)));
    } catch (const std::system_error&) {
        return;  // whoever reads the description tells
    }
    const auto known = sections_.find(described_section);
    if (known != sections_.end()) {
        description_changed_ = known->second != text;
    } else if (sections_.empty()) {
        sections_.emplace(described_section, text);
    }
}

std::optional<std::string> StateFile::warning() const {
    if (!description_changed_) {
        return std::nullopt;
    }
    return "The description \"" + described_file_ + "\" has changed since \"" + path_ +
           "\" was begun: what earlier runs changed still holds. Delete that file to start over from what is "
           "described.";
}

std::string StateFile::text_of_file() const {
    try {
        return read_file(path_);
    } catch (const std::system_error& error) {
        refuse_damaged("it cannot be read: " + error.code().message());
    }
}

void StateFile::write() const {
    std::string text;
    for (const auto& [name, section] : sections_) {
        text.append(text.empty() ? "{\n" : ",\n").append(text_of_json(name)).append(": ").append(section);
    }
    text.append("\n}\n");
    const std::string temporary = path_ + ".new";
    try {
        write_file(temporary, text, Flush::no);
        rename_file(temporary, path_, Flush::no);
    } catch (const std::system_error& error) {
        throw OperationError({.kind = ErrorKind::failed,
                              .attempted = "write the simulation's state",
                              .object = path_,
                              .found = error.code().message(),
                              .needed = "a folder that this user may write to"});
    }
}

}  // namespace upshift::simulation
