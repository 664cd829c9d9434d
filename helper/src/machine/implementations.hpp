// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "installer/install_engine.hpp"
#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"
#include "machine/machine.hpp"

namespace upshift {

/// One implementation of each seam. A null pointer means that this build has none: products on Linux, VMs on
/// a machine without a session to Hyper-V.
struct Implementations {
    std::unique_ptr<Machine> machine;
    std::unique_ptr<cim::CimConnector> connector;
    std::unique_ptr<PackageReader> reader;
    std::unique_ptr<ProductInventory> inventory;
    std::unique_ptr<InstallEngine> engine;
    /// A path from its root, for another process of this computer; empty where paths stand for themselves.
    std::function<std::string(const std::string&)> full_path;
    std::vector<std::string> warnings;  ///< what a person should know of them; for the answer
};

/// Those of the operating system this helper was built for.
Implementations system_implementations();

}  // namespace upshift
