// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/request.hpp"

#include "contract/arguments/build_request.hpp"
#include "contract/operations.hpp"

namespace upshift {

Request parse_request(std::string_view operation, std::string_view text, const AnswerOptions& switches) {
    if (!is_operation(operation)) {
        throw unknown_operation(operation);
    }
    return build_request(operation, read_argument_text(text), switches);
}

}  // namespace upshift
