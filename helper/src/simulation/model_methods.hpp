// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "cim/cim_session.hpp"
#include "simulation/model_time.hpp"
#include "simulation/model_world.hpp"

// The methods of Hyper-V's classes.
namespace upshift::simulation {

/// Whether the method may change something.
bool is_altering(std::string_view method);

/// Calls it in that view. Throws CimFault.
cim::MethodResult call_method(ModelWorld& world, ModelTime& time, const View& view,
                              const cim::ObjectPath& object, const std::string& method,
                              const cim::NamedValues& parameters);

}  // namespace upshift::simulation
