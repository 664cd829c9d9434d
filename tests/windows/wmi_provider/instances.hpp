// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "class_object.hpp"
#include "described_world.hpp"
#include "path_text.hpp"

namespace upshift::test_provider {

/// What a query found, as the model gives it.
struct Rows {
    const ClassDefinition* definition = nullptr;
    std::vector<std::string> columns;
    std::vector<cim::Instance> instances;
};

/// Asks the model on behalf of one connection, and puts what it answers into the form of the class table.
/// Every call throws CimFault or WmiFailure.
class Instances {
  public:
    /// `cim_namespace` is shown to clients.
    Instances(DescribedWorld& world, simulation::Place place, std::string cim_namespace);

    Rows query(const ParsedQuery& query);
    ObjectContent row(const Rows& rows, std::size_t index) const {
        return content(*rows.definition, rows.instances[index], rows.columns);
    }
    /// An instance, or where the path has no keys its class.
    ObjectContent get(const cim::ObjectPath& path);
    /// Out parameters, ReturnValue among them.
    ObjectContent invoke(const cim::ObjectPath& path, const std::string& method, const ObjectContent* in);

  private:
    const ClassDefinition& definition_of(const std::string& class_name) const;
    ObjectContent class_content(const ClassDefinition& definition);
    ObjectContent content(const ClassDefinition& definition, const cim::Instance& instance,
                          const std::vector<std::string>& columns) const;
    cim::NamedValues parameters(const MethodDefinition& method, const ObjectContent* in) const;
    bool lacks_upgrading();

    DescribedWorld& world_;
    simulation::Place place_;
    std::string cim_namespace_;
};

}  // namespace upshift::test_provider
