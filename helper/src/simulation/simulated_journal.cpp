// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_journal.hpp"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "support/error.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

constexpr const char* section = "journal";

json row_of(const JournalEntry& entry) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {{"operation", entry.operation},
            {"host", entry.host},
            {"id", entry.id},
            {"name", entry.name},
            {"begun", entry.begun},
            {"version", entry.version},
            {"family", entry.family},
            {"replaces", entry.replaces},
            {"job", entry.job},
            {"restart", entry.restart},
            {"begun_at", std::chrono::duration_cast<std::chrono::seconds>(now).count()}};
}

JournalEntry entry_from(const json& row) {
    return {.operation = row.at("operation").get<std::string>(),
            .host = row.at("host").get<std::string>(),
            .id = row.at("id").get<std::string>(),
            .name = row.at("name").get<std::string>(),
            .begun = row.at("begun").get<std::string>(),
            .version = row.value("version", ""),
            .family = row.value("family", ""),
            .replaces = row.value("replaces", ""),
            .job = row.value("job", ""),
            .restart = row.at("restart").get<bool>(),
            .begun_at = row.at("begun_at").get<std::int64_t>()};
}

/// The rows of the other entries; empty where the state has none.
json rows_without(const StateFile& state, const JournalEntry& entry) {
    json rows = state.section(section);
    if (!rows.is_array()) {
        return json::array();
    }
    rows.erase(std::remove_if(rows.begin(), rows.end(),
                              [&](const json& row) {
                                  return row.is_object() && row.value("operation", "") == entry.operation &&
                                         row.value("host", "") == entry.host &&
                                         row.value("id", "") == entry.id;
                              }),
               rows.end());
    return rows;
}

}  // namespace

void SimulatedJournal::write(const JournalEntry& entry) {
    const std::lock_guard lock(mutex_);
    if (!state_->writable()) {
        throw OperationError({.kind = ErrorKind::internal,
                              .attempted = "note down in the journal what is begun with",
                              .object = entry.name,
                              .found = "this run only reads"});
    }
    auto rows = rows_without(*state_, entry);
    rows.push_back(row_of(entry));
    state_->store(section, rows);
}

void SimulatedJournal::take_out(const JournalEntry& entry) {
    const std::lock_guard lock(mutex_);
    if (state_->writable()) {
        state_->store(section, rows_without(*state_, entry));
    }
}

JournalReading SimulatedJournal::read(const std::string& operation) {
    const std::lock_guard lock(mutex_);
    JournalReading reading;
    for (const auto& row : state_->section(section)) {
        try {
            auto entry = entry_from(row);
            if (entry.operation == operation) {
                reading.entries.push_back(std::move(entry));
            }
        } catch (const json::exception& error) {
            reading.warnings.push_back(sentence({.attempted = "read the journal",
                                                 .object = "the simulation's state",
                                                 .found = std::string("an entry is damaged: ") + error.what(),
                                                 .hint = "It is left alone."}));
        }
    }
    return reading;
}

}  // namespace upshift::simulation
