// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "contract/arguments/argument_table.hpp"
#include "contract/arguments/input_value.hpp"
#include "support/error.hpp"

namespace upshift {

/// invalid_arguments for the argument at that path: `Could not use the argument "packages[1].version":
/// <found>; needed is <needed>. <hint>`.
OperationError refused_argument(const std::string& path, const std::string& found, const std::string& needed,
                                const std::string& hint = "");

/// What one value of the argument must be, for a message: "a whole number from 1 to 256 (VMs)".
std::string needed_for(const Argument& argument);

/// "it is …", without the value where the argument is secret.
std::string found_instead(const Argument& argument, const InputValue& value);

}  // namespace upshift
