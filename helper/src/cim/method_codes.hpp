// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "support/error.hpp"

namespace upshift::cim {

constexpr std::uint32_t method_completed = 0;
constexpr std::uint32_t method_job_started = 4096;
constexpr std::uint32_t method_in_use = 32774;
constexpr std::uint32_t method_invalid_state = 32775;
constexpr std::uint32_t method_not_ready = 32780;
constexpr std::uint32_t method_shutdown_in_progress = 32782;
constexpr std::uint32_t method_object_not_found = 32789;

/// The error for a value that a Hyper-V method returned (or that a job has as ErrorCode) other than success.
/// `attempted` completes "could not …".
ErrorDetail method_error(std::uint32_t code, const std::string& method, const std::string& attempted,
                         const std::string& object);

}  // namespace upshift::cim
