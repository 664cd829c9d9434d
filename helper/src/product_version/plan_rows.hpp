// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "product_version/plan.hpp"

// Rows of what is not run.
namespace upshift {

/// Nothing is run, so that the row is about the product that is there.
TargetRow left(TargetRow row, Outcome outcome, const std::string& reason);
TargetRow failed(TargetRow row, const ErrorDetail& error);
TargetRow row_of_newer(const TargetRow& row, WhenNewer when_newer);
std::string already_installed(const std::string& version);

}  // namespace upshift
