// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "contract/arguments/input_value.hpp"

namespace upshift {

/// Receives what nlohmann's parser reads and builds the value from it, refusing what the parser lets pass:
/// duplicate keys, deep nesting, NUL in a string. The method names are nlohmann's. Throws OperationError.
class ArgumentReader {
  public:
    explicit ArgumentReader(std::string_view text) : text_(text) {}

    bool null();
    bool boolean(bool flag);
    bool number_integer(std::int64_t number);
    bool number_unsigned(std::uint64_t number);
    bool number_float(double number, const std::string& spelled);
    bool string(std::string& text);
    bool binary(std::vector<std::uint8_t>& bytes);
    bool start_object(std::size_t size);
    bool key(std::string& name);
    bool end_object();
    bool start_array(std::size_t size);
    bool end_array();
    bool parse_error(std::size_t bytes_read, const std::string& token,
                     const nlohmann::ordered_json::exception& error);

    /// The object that was read; refused if the text held something else.
    InputObject take_object();

  private:
    struct Open {
        InputValue container;
        std::string key;  ///< of the value to come, in an object
    };

    void add(InputValue value);
    void open(InputValue container);
    void close();
    std::string path() const;

    std::string_view text_;
    std::vector<Open> open_;
    InputValue whole_;
    bool is_whole_ = false;
};

}  // namespace upshift
