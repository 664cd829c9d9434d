// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "installer/install_engine.hpp"
#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"
#include "simulation/product_rows.hpp"

namespace upshift::simulation {

/// The described installer: packages, what is installed, and what running a package makes of it. Safe from
/// several threads.
class SimulatedInstaller {
  public:
    /// Told of all changes since the description, whenever there is one more; empty where nothing may change.
    using Store = std::function<void(const ProductChanges&)>;

    SimulatedInstaller(std::vector<DescribedProduct> products, std::vector<DescribedPackage> packages,
                       ProductChanges earlier, Store store);

    std::vector<DescribedProduct> products() const;
    /// Throws what reading that package throws.
    PackageDescription read(const std::string& path) const;
    /// Throws OperationError where nothing may change.
    InstallResult install(const InstallOrder& order);

  private:
    const DescribedPackage& find_package(const std::string& path) const;
    void replace_products(const PackageDescription& package);
    void remove(const std::string& product_code);

    std::vector<DescribedProduct> products_;
    std::vector<DescribedPackage> packages_;
    ProductChanges changes_;
    Store store_;
    mutable std::mutex mutex_;
};

class SimulatedPackageReader : public PackageReader {
  public:
    explicit SimulatedPackageReader(std::shared_ptr<SimulatedInstaller> installer)
        : installer_(std::move(installer)) {}
    PackageDescription read(const std::string& path) override { return installer_->read(path); }

  private:
    std::shared_ptr<SimulatedInstaller> installer_;
};

class SimulatedProductInventory : public ProductInventory {
  public:
    explicit SimulatedProductInventory(std::shared_ptr<SimulatedInstaller> installer)
        : installer_(std::move(installer)) {}
    std::vector<InstalledProduct> all() override;
    std::optional<InstalledProduct> find(const std::string& product_code) override;
    std::vector<InstalledProduct> related(const std::string& upgrade_code) override;

  private:
    std::shared_ptr<SimulatedInstaller> installer_;
};

class SimulatedInstallEngine : public InstallEngine {
  public:
    explicit SimulatedInstallEngine(std::shared_ptr<SimulatedInstaller> installer)
        : installer_(std::move(installer)) {}
    std::string name() const override { return "api"; }
    InstallResult install(const InstallOrder& order, InstallObserver& observer) override;

  private:
    std::shared_ptr<SimulatedInstaller> installer_;
};

}  // namespace upshift::simulation
