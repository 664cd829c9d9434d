// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "contract/answer.hpp"

namespace upshift {

/// The answer as one line of ASCII JSON without its line feed. Bytes that are no UTF-8 become U+FFFD. Never
/// throws but std::bad_alloc.
std::string to_json_line(const Answer& answer);

}  // namespace upshift
