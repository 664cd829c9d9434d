// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "simulation/model_objects.hpp"

// Which classes a view has, and their instances.
namespace upshift::simulation {

bool has_class(const View& view, std::string_view class_name);

/// Every instance of that class in the view.
void visit_instances(const ModelWorld& world, const View& view, std::string_view class_name,
                     const Visitor& visitor);

/// Those that can be meant by the query: where it asks for the identifier of a VM, no others are looked at.
void visit_candidates(const ModelWorld& world, const View& view, const cim::Query& query,
                      const Visitor& visitor);

/// The instance with that path, handed to the visitor at most once. Finds a VM or a job without looking at
/// the others.
void visit_instance(const ModelWorld& world, const View& view, const cim::ObjectPath& path,
                    const Visitor& visitor);

/// Every association of that class which refers to the object.
void visit_references(const ModelWorld& world, const View& view, const cim::ObjectPath& object,
                      std::string_view association_class, const Visitor& visitor);

}  // namespace upshift::simulation
