// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace upshift {

/// Properties as the installer takes them in one line: NAME="value", quotes in the value doubled ("Setting
/// Public Property Values on the Command Line", Windows Installer).
std::string property_line(const std::vector<std::pair<std::string, std::string>>& properties);

}  // namespace upshift
