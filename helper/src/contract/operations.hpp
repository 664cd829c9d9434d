// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "support/error.hpp"

namespace upshift {

struct Operation {
    std::string_view name;
    std::string_view summary;  ///< one line for --help
};

/// The four operations, in the order of docs/contract.md.
std::span<const Operation> operations();
bool is_operation(std::string_view name);

/// invalid_arguments: there is no such operation; with the nearest one.
OperationError unknown_operation(std::string_view name);

}  // namespace upshift
