// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift {

/// A file in the temporary folder that is not there yet, named after the package.
std::string new_log_path(const std::string& package);

}  // namespace upshift
