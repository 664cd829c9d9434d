// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace upshift::simulation {

/// The values of one row of the state file by name, read or written, so that each row is described once for
/// both. A value that is empty, zero or false is left out. Reading throws nlohmann::ordered_json::exception
/// where a value is of another type.
class RowFields {
  public:
    enum class Direction { read, write };

    RowFields(nlohmann::ordered_json& row, Direction direction)
        : row_(row), reading_(direction == Direction::read) {}

    bool reading() const { return reading_; }

    void text(const char* name, std::string& value) const;
    void number(const char* name, std::int64_t& value) const;
    void flag(const char* name, bool& value) const;
    void texts(const char* name, std::vector<std::string>& value) const;
    void counts(const char* name, std::map<std::string, std::int64_t>& value) const;

    /// The objects of a list, each handed to `exchange` with fields of its own.
    template <typename Row, typename Exchange>
    void rows(const char* name, std::vector<Row>& values, const Exchange& exchange) const {
        if (reading_) {
            values.resize(count(name));
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            const RowFields fields(row(name, i), reading_ ? Direction::read : Direction::write);
            exchange(fields, values[i]);
        }
    }

  private:
    const nlohmann::ordered_json* given(const char* name) const;
    std::size_t count(const char* name) const;
    nlohmann::ordered_json& row(const char* name, std::size_t number) const;

    nlohmann::ordered_json& row_;
    bool reading_;
};

}  // namespace upshift::simulation
