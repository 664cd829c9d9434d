// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace upshift {

enum class LastReason { out_of_memory, fault, still_running };

/// An answer, line end included, for the moment when none can be composed any more: it takes no memory.
/// `changed` says that something was, or may have been, altered.
std::string_view last_line(LastReason reason, bool changed) noexcept;

}  // namespace upshift
