// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contract/arguments/argument_table.hpp"
#include "contract/arguments/checked_arguments.hpp"
#include "contract/arguments/input_value.hpp"

namespace upshift {

/// Holds what was given against the operation's table. Keys that begin with "_ansible_" are passed over.
/// Throws OperationError, invalid_arguments, for the first thing that is wrong.
CheckedArguments check_arguments(const OperationTable& table, const InputObject& given);

}  // namespace upshift
