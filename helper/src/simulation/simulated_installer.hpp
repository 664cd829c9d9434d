// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "installer/install_engine.hpp"
#include "installer/package_reader.hpp"
#include "simulation/package_rows.hpp"
#include "simulation/product_rows.hpp"
#include "support/run_context.hpp"

namespace upshift::simulation {

/// What a description says of products.
struct DescribedProducts {
    std::vector<DescribedProduct> products;
    std::vector<DescribedPackage> packages;
    std::vector<OtherInstallation> other_installations;
};

/// The described installer: packages, what is installed, and what running a package makes of it. Safe from
/// several threads.
class SimulatedInstaller {
  public:
    /// Told of all changes since the description, whenever there is one more; empty where nothing may change.
    using Store = std::function<void(const ProductChanges&)>;

    /// The clock is not owned.
    SimulatedInstaller(DescribedProducts described, ProductChanges earlier, Store store, Clock& clock);

    std::vector<DescribedProduct> products() const;
    /// Throws what reading that package throws.
    PackageDescription read(const std::string& path, const std::vector<std::string>& transforms) const;
    /// Whether Win32_Product.Upgrade takes it. Throws what reading it throws.
    bool is_upgrade_package(const std::string& path) const;
    /// Blocks as long as the package takes. Throws OperationError where nothing may change.
    InstallResult install(const InstallOrder& order, InstallObserver& observer);
    /// Whether somebody else's installation goes on. What it installs is there once it has ended.
    bool is_busy();
    std::vector<std::string> pending_reboots() const;

  private:
    InstallResult install_package(const InstallOrder& order, InstallObserver& observer);
    InstallResult remove_product(const std::string& product_code);
    bool is_refused(const PackageDescription& package, const InstallOrder& order) const;
    /// What the patch makes of the product it is applied to, or nothing.
    std::optional<DescribedProduct> patched_product(const PatchDescription& patch,
                                                    const InstallOrder& order) const;
    void apply_patch(DescribedProduct product, const PackageBehaviour& behaviour);
    bool take_time(const PackageBehaviour& behaviour, InstallObserver& observer) const;
    void take_effect(const PackageDescription& package, const PackageBehaviour& behaviour);
    std::vector<DescribedProduct> replaced_by(const PackageDescription& package) const;
    void add(DescribedProduct product);
    void remove(const std::string& product_code);
    void end_others();

    std::vector<DescribedProduct> products_;
    std::vector<DescribedPackage> packages_;
    std::vector<OtherInstallation> others_;
    ProductChanges changes_;
    Store store_;
    Clock& clock_;
    Clock::TimePoint others_end_;
    bool asks_for_reboot_ = false;
    std::map<std::string, std::int64_t> refusals_;  ///< how often a path was answered 1618
    mutable std::mutex mutex_;
};

}  // namespace upshift::simulation
