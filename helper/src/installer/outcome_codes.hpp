// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "support/error.hpp"

namespace upshift {

/// What a code of the installer means, for a person. The one table of the helper.
struct OutcomeCode {
    std::uint32_t code = 0;
    std::string_view symbol;
    std::string_view text;  ///< completes "the installer answered: …"
    std::string_view hint;  ///< the way out, whole sentences; empty only where it succeeded for good
    ErrorKind kind = ErrorKind::failed;
};

/// The row of that code; for a code without one a row that says so.
OutcomeCode outcome_code(std::uint32_t code);

/// Every row of the table, by rising code.
std::span<const OutcomeCode> outcome_codes();

/// 0, and the codes that succeed but want a restart.
bool is_success(std::uint32_t code);
/// Codes after which Windows wants a restart, whether they succeeded or not.
bool wants_reboot(std::uint32_t code);
/// Those of them after which it has begun by itself.
bool begins_reboot(std::uint32_t code);

}  // namespace upshift
