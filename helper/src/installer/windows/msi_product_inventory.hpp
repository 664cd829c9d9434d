// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "installer/product_inventory.hpp"
#include "installer/windows/msi_library.hpp"

namespace upshift {

/// What the Installer API knows of installed products.
class MsiProductInventory : public ProductInventory {
  public:
    explicit MsiProductInventory(std::shared_ptr<MsiLibrary> msi) : msi_(std::move(msi)) {}

    std::vector<InstalledProduct> all() override;
    std::optional<InstalledProduct> find(const std::string& product_code) override;
    std::vector<InstalledProduct> related(const std::string& upgrade_code) override;
    std::vector<Feature> features(const InstalledProduct& product) override;
    std::vector<InstalledPatch> patches(const InstalledProduct& product) override;

  private:
    std::shared_ptr<MsiLibrary> msi_;
};

}  // namespace upshift
