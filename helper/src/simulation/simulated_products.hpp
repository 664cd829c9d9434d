// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "installer/install_engine.hpp"
#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"
#include "simulation/simulated_installer.hpp"

// The seams to products, over the described installer.
namespace upshift::simulation {

class SimulatedPackageReader : public PackageReader {
  public:
    explicit SimulatedPackageReader(std::shared_ptr<SimulatedInstaller> installer)
        : installer_(std::move(installer)) {}
    PackageDescription read(const std::string& path, const std::vector<std::string>& transforms) override {
        return installer_->read(path, transforms);
    }

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
    std::vector<Feature> features(const InstalledProduct& product) override;
    std::vector<InstalledPatch> patches(const InstalledProduct& product) override;

  private:
    std::shared_ptr<SimulatedInstaller> installer_;
};

class SimulatedInstallEngine : public InstallEngine {
  public:
    explicit SimulatedInstallEngine(std::shared_ptr<SimulatedInstaller> installer)
        : installer_(std::move(installer)) {}
    std::string name() const override { return "api"; }
    InstallResult install(const InstallOrder& order, InstallObserver& observer) override {
        return installer_->install(order, observer);
    }

  private:
    std::shared_ptr<SimulatedInstaller> installer_;
};

}  // namespace upshift::simulation
