// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "simulation/row_reader.hpp"
#include "support/error.hpp"

namespace upshift::simulation {

/// An error as answers tell it. Its kind is one of those, the first where none is given.
ErrorDetail read_error(RowReader row, std::initializer_list<std::string_view> kinds,
                       const std::string& attempted);

}  // namespace upshift::simulation
