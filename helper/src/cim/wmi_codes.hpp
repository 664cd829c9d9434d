// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "support/error.hpp"

namespace upshift::cim {

/// A call to a host that failed, and what that means for doing it again.
class CimError : public OperationError {
  public:
    CimError(ErrorDetail detail, std::uint32_t code, bool passing, bool may_have_run)
        : OperationError(std::move(detail)), code_(code), passing_(passing), may_have_run_(may_have_run) {}

    /// What WMI or COM answered with; 0 where nothing was answered.
    std::uint32_t code() const noexcept { return code_; }
    /// It may be gone a moment later: what only reads can be repeated.
    bool passing() const noexcept { return passing_; }
    /// Had it been a method, it might have run: read back before anything else.
    bool may_have_run() const noexcept { return may_have_run_; }

  private:
    std::uint32_t code_;
    bool passing_;
    bool may_have_run_;
};

/// The error for a code that WMI or COM answered with in place of a result. `attempted` completes "could not
/// …".
CimError wmi_error(std::uint32_t code, const std::string& attempted, const std::string& object);

/// Whether a method whose call ended in this error may have run all the same. Where nobody knows: yes.
bool may_have_run(const OperationError& error);

}  // namespace upshift::cim
