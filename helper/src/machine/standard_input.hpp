// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

namespace upshift {

/// Standard input, byte by byte as it comes, up to its end or to so many bytes, whichever is first; no more
/// than that is taken from it. Nothing where stop was requested before; a thread is then left behind that may
/// read for ever. Throws OperationError, invalid_arguments, where it cannot be read.
std::optional<std::string> read_standard_input(std::size_t limit, const std::stop_token& stop);

/// Whether a person would have to type it.
bool standard_input_is_terminal();

/// Blocks until some bytes are there and tells how many; 0 at the end. Throws OperationError. Platform by
/// platform; for read_standard_input alone.
std::size_t read_some_input(std::span<char> into);

}  // namespace upshift
