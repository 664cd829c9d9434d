// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace upshift {

/// The name that was probably meant: the one with the smallest edit distance (insertions, deletions,
/// replacements, neighbours swapped), if at most half of the longer one's letters differ. Empty if none is
/// near.
std::string_view nearest_name(std::string_view given, const std::vector<std::string_view>& names);

/// "a", "b" or "c": quoted, as error messages list what is allowed.
std::string quoted_list(const std::vector<std::string_view>& names);

}  // namespace upshift
