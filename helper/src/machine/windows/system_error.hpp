// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "support/error.hpp"

namespace upshift {

/// A code of Windows with Windows' own words for it, in `found`, where it has any. The kind is failed, or
/// access_denied for code 5; the caller adds what was attempted on which object.
ErrorDetail system_error(std::uint32_t code);

}  // namespace upshift
