// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "simulation/package_rows.hpp"

namespace upshift::simulation {

/// Throws what reading that package throws.
const DescribedPackage& find_package(const std::vector<DescribedPackage>& packages, const std::string& path);

/// The package as these transforms, applied in order, make it; a patch as it is. Throws OperationError.
PackageDescription transformed(const DescribedPackage& described, const std::vector<std::string>& transforms);

}  // namespace upshift::simulation
