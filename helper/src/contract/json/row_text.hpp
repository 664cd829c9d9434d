// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace upshift {

/// One JSON object as text, field by field, for rows of which there are thousands: a JSON value of each field
/// would cost more than all else that is done for the row.
class RowText {
  public:
    void add(std::string_view name, const std::string& value);
    void add(std::string_view name, bool value);
    void add(std::string_view name, const std::vector<std::string>& values);

    /// The object. Once only.
    std::string finish();

  private:
    void begin(std::string_view name);
    void append(const std::string& value);

    std::string text_;
};

}  // namespace upshift
