// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cim/cim_session.hpp"

// Object paths as WMI spells them ("Describing a WMI Object Path"), as in Msvm_ConcreteJob.InstanceID="…".
namespace upshift::cim {

/// Without server and namespace; a class alone where there are no keys. Every key value is quoted.
std::string object_path_text(const ObjectPath& path);

/// Server and namespace, if any, are left out. Nothing where the text is no path.
std::optional<ObjectPath> parse_object_path(std::string_view text);

}  // namespace upshift::cim
