// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "contract/json/argument_text.hpp"
#include "contract/request.hpp"

namespace upshift {

/// The typed request from all of standard input as it was read (docs/contract.md, "Input"). The check mode
/// and diff of the text are OR-ed with the switches. Throws OperationError, invalid_arguments, naming the
/// argument as a path such as "packages[1].version"; values of secret arguments are never in it.
Request parse_request(std::string_view operation, std::string_view text, const AnswerOptions& switches);

}  // namespace upshift
