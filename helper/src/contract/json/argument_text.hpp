// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include "contract/arguments/input_value.hpp"

namespace upshift {

/// What is longer is refused unread: a caller reads at most one byte more.
constexpr std::size_t max_input_bytes = std::size_t{16} * 1024 * 1024;
/// How deep objects and lists may lie in each other; the outermost object is the first.
constexpr std::size_t max_input_depth = 64;

/// The one JSON object that standard input holds. Throws OperationError, invalid_arguments; positions count
/// lines and characters from 1, bytes from 0. The text itself is never quoted: it may hold a secret.
InputObject read_argument_text(std::string_view text);

}  // namespace upshift
