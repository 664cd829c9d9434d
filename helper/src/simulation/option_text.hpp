// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace upshift::simulation {

/// The properties in a line such as the installer takes: NAME=value or NAME="value", separated by blanks,
/// quotes within quotes doubled ("Setting Public Property Values on the Command Line"). Nothing where the
/// line is none (the installer answers 1639 then).
std::optional<std::vector<std::pair<std::string, std::string>>> parse_options(std::string_view line);

}  // namespace upshift::simulation
