// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "contract/answer.hpp"
#include "installer/outcome_codes.hpp"
#include "product_version/install_run.hpp"

// Why an installation failed: the texts, in one place. `row` is the planned one.
namespace upshift {

/// No version of it was there before.
bool is_new_product(const TargetRow& row);
/// "version 1.0.0 ({…}) and version 1.1.0 ({…})"
std::string listed(const std::vector<InstalledProduct>& products);

/// The run was interrupted, and the installation did not end.
ErrorDetail still_running_error(const TargetRow& row, const InstallRun& run);
/// The installation ended with a code that is no success.
ErrorDetail code_error(const TargetRow& row, const InstallRun& run);
/// Success was answered; the next five say what is not as it was wanted all the same.
ErrorDetail version_error(const TargetRow& row);
ErrorDetail package_error(const TargetRow& row);
ErrorDetail feature_error(const TargetRow& row, const Feature& lost);
ErrorDetail remaining_error(const TargetRow& row, const std::vector<InstalledProduct>& remaining);
ErrorDetail patch_error(const TargetRow& row);
/// For an engine that writes none: a hint that sends the reader to the log becomes one that tells how to get
/// one.
void speak_of_no_log(ErrorDetail& detail);
ErrorDetail busy_error(const TargetRow& row);
/// The folder of the log is not there.
ErrorDetail log_error(const TargetRow& row, const std::string& log_path);

}  // namespace upshift
