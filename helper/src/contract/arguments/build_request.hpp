// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "contract/arguments/input_value.hpp"
#include "contract/request.hpp"

namespace upshift {

/// The typed request from the given object. Throws OperationError, invalid_arguments.
Request build_request(std::string_view operation, const InputObject& given, const AnswerOptions& switches);

}  // namespace upshift
