// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "simulation/described_cluster.hpp"
#include "simulation/described_host.hpp"
#include "simulation/described_vm.hpp"
#include "simulation/fault_plan.hpp"
#include "simulation/package_rows.hpp"
#include "simulation/product_rows.hpp"

namespace upshift::simulation {

/// What a simulation file describes, with every default filled in and every reference checked.
struct Description {
    std::vector<DescribedHost> hosts;
    std::vector<DescribedVm> vms;
    std::vector<DescribedProduct> products;
    std::vector<DescribedPackage> packages;
    std::vector<OtherInstallation> other_installations;
    std::vector<DescribedFault> faults;
    std::vector<DescribedCluster> clusters;
};

/// Reads it row by row, so that only one row at a time stands in memory as JSON. A saved answer of an
/// information operation is a simulation file: what else an answer holds is passed over. Throws
/// OperationError, invalid_arguments, naming the row.
Description read_simulation_file(const std::string& path);

}  // namespace upshift::simulation
