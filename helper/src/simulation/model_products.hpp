// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cim/cim_session.hpp"
#include "simulation/cim_namespace.hpp"
#include "simulation/simulated_installer.hpp"

namespace upshift::simulation {

/// WMI's own name for the computer that it runs on.
constexpr const char* this_computer = ".";

bool is_product_class(CimNamespace space, std::string_view class_name);

/// Win32_Product of the computer with the described products. Keys, properties and methods are those of
/// "Win32_Product class" (MSI provider); the keys come from CIM_Product. Its methods run the described
/// installer and block as long as that does. Every method throws CimFault. Safe from several threads.
class ModelProducts {
  public:
    explicit ModelProducts(std::shared_ptr<SimulatedInstaller> installer)
        : installer_(std::move(installer)) {}

    /// The instance by its three keys, or without keys the class. WBEM_E_INVALID_OBJECT_PATH where some of
    /// the keys are missing.
    std::optional<cim::Instance> get(const cim::ObjectPath& path,
                                     const std::vector<std::string>& columns) const;
    /// Upgrade(PackageLocation, Options) of an instance, Install(PackageLocation, Options, AllUsers) of the
    /// class. The return value is a code of the installer.
    cim::MethodResult invoke(const cim::ObjectPath& object, const std::string& method,
                             const cim::NamedValues& parameters);

  private:
    std::optional<DescribedProduct> find(const cim::ObjectPath& path) const;
    std::uint32_t upgrade(const InstalledProduct& product, const cim::NamedValues& parameters);
    std::uint32_t install(const cim::NamedValues& parameters);
    std::uint32_t run(InstallOrder order, const std::string& options);

    std::shared_ptr<SimulatedInstaller> installer_;
};

}  // namespace upshift::simulation
