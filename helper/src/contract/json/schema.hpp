// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace upshift {

/// JSON Schemas (2020-12) of an operation's arguments and answer, {"arguments": …, "answer": …}, indented, of
/// ASCII, without a last line feed. Made from the tables that validate. Throws OperationError,
/// invalid_arguments, for an unknown operation.
std::string schema_json(std::string_view operation);

}  // namespace upshift
