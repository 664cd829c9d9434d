// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "contract/arguments/argument_table.hpp"
#include "contract/arguments/input_value.hpp"

namespace upshift {

/// One value of an argument, converted as Ansible converts it. `path` names it in errors. All throw
/// OperationError, invalid_arguments.
bool check_boolean(const Argument& argument, const InputValue& value, const std::string& path);
std::int64_t check_integer(const Argument& argument, const InputValue& value, const std::string& path);
/// Any of the types that are written as a string; a GUID comes out in upper case without braces.
std::string check_text(const Argument& argument, const InputValue& value, const std::string& path);

}  // namespace upshift
