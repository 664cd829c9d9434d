// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "contract/arguments/input_value.hpp"

// Properties of the installer that a user sets. Both throw OperationError, invalid_arguments, naming the
// path.
namespace upshift {

/// Takes names of public properties, but for those that the plan sets itself ("Public Properties", Windows
/// Installer: upper case only; "Restrictions on Property Names").
void check_property_name(const std::string& name, const std::string& path);

/// Text, which may be empty, or a whole number. A line break cannot be handed to the installer.
std::string check_property_value(const InputValue& value, const std::string& path);

}  // namespace upshift
