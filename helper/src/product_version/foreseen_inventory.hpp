// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <vector>

#include "installer/product_inventory.hpp"
#include "product_version/plan.hpp"

namespace upshift {

/// What would be installed once the plans of check mode had been carried out, so that a later package of the
/// same run is planned against what the earlier ones lead to. Alters nothing; `now` is not owned.
class ForeseenInventory : public ProductInventory {
  public:
    explicit ForeseenInventory(ProductInventory& now) : now_(now) {}

    /// From here on as if that plan had been carried out and had succeeded.
    void foresee(const ProductPlan& plan);

    std::vector<InstalledProduct> all() override;
    std::optional<InstalledProduct> find(const std::string& product_code) override;
    std::vector<InstalledProduct> related(const std::string& upgrade_code) override;
    std::vector<Feature> features(const InstalledProduct& product) override;
    std::vector<InstalledPatch> patches(const InstalledProduct& product) override;

  private:
    /// With the upgrade code that the product is registered under.
    struct Foreseen {
        InstalledProduct product;
        std::string upgrade_code;
        std::vector<InstalledPatch> patches;
    };

    void forget(const std::string& product_code);
    void take_out_foreseen(std::vector<InstalledProduct>& products) const;

    ProductInventory& now_;
    std::set<std::string> overtaken_;  ///< codes of products that are not what they are now
    std::vector<Foreseen> foreseen_;
};

}  // namespace upshift
