// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace upshift::simulation {

/// Reads one JSON object of a simulation file by the names of its values, each at most once. Null means not
/// given. The object is not owned and outlives the reader. What does not fit throws OperationError,
/// invalid_arguments, naming file, row and value: vms[3].state.
class RowReader {
  public:
    /// `place` is where the object stands, for example "vms[3]".
    RowReader(const nlohmann::ordered_json& object, std::string file, std::string place);

    bool has(std::string_view key) const;
    std::optional<std::string> text(std::string_view key);
    std::string text_or(std::string_view key, std::string_view otherwise);
    /// A text that must be there and not be empty.
    std::string required_text(std::string_view key);
    /// A text that must be there; empty is what an information answer says of what it could not read.
    std::string given_text(std::string_view key);
    /// One of the choices, the first where none is given.
    std::string choice(std::string_view key, std::initializer_list<std::string_view> choices);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high);
    /// A code other than 0 as answers spell it, "0x800706BA" or "32775", or as a number.
    std::optional<std::uint32_t> code(std::string_view key);
    /// A number of seconds, which may have a fraction; never negative.
    std::optional<double> seconds(std::string_view key);
    std::optional<bool> boolean(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    /// The object under that key, to be read (and finished) by a reader of its own.
    std::optional<RowReader> object(std::string_view key);
    /// The objects of a list under that key.
    std::vector<RowReader> objects(std::string_view key);

    /// Refuses every key that nothing asked for. Call last.
    void finish() const;

    /// Throws the error for one value of this row.
    [[noreturn]] void refuse(std::string_view key, const std::string& found, const std::string& needed) const;
    const std::string& place() const { return place_; }

  private:
    const nlohmann::ordered_json* take(std::string_view key);

    const nlohmann::ordered_json* object_;
    std::string file_;
    std::string place_;
    std::vector<std::string> known_;
};

/// The error for one place of a simulation file: "vms[3].state".
[[noreturn]] void refuse_place(const std::string& file, const std::string& place, const std::string& found,
                               const std::string& needed);

/// What a JSON value is, for a person: "the text \"of\"", "a list".
std::string describe(const nlohmann::ordered_json& value);

}  // namespace upshift::simulation
