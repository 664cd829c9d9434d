// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "cim/cim_session.hpp"

// Queries as WMI takes them ("WQL (SQL for WMI)").
namespace upshift::cim {

/// Those columns, and `more_columns` that are not among them.
std::string select_text(const Query& query, const std::vector<std::string>& more_columns);

/// The association instances of that class which refer to the object ("REFERENCES OF Statement"). WMI takes
/// no columns there.
std::string references_text(const ObjectPath& object, const std::string& association_class);

}  // namespace upshift::cim
