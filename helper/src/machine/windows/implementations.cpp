// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/implementations.hpp"

#include "cim/windows/com_connector.hpp"
#include "installer/windows/msi_install_engine.hpp"
#include "installer/windows/msi_library.hpp"
#include "installer/windows/msi_package_reader.hpp"
#include "installer/windows/msi_product_inventory.hpp"
#include "machine/windows/full_path.hpp"
#include "machine/windows/text.hpp"
#include "machine/windows/windows_machine.hpp"

namespace upshift {

Implementations system_implementations() {
    const auto msi = std::make_shared<MsiLibrary>();
    Implementations implementations;
    implementations.machine = std::make_unique<WindowsMachine>();
    implementations.connector = std::make_unique<cim::ComConnector>();
    implementations.reader = std::make_unique<MsiPackageReader>(msi);
    implementations.inventory = std::make_unique<MsiProductInventory>(msi);
    implementations.engine = std::make_unique<MsiInstallEngine>(msi);
    implementations.full_path = [](const std::string& path) { return windows::narrow(full_path(path)); };
    return implementations;
}

}  // namespace upshift
