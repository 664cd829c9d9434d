// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "product_version/conclude.hpp"
#include "product_version/foreseen_inventory.hpp"
#include "product_version/installer_wait.hpp"
#include "product_version/product_version.hpp"

namespace upshift {

/// What packages of one run share. Nothing is owned.
struct ProductRunContext {
    const ProductVersionRequest& request;
    const AnswerOptions& options;
    const ProductSeams& seams;
    const RunContext& context;
    ForeseenInventory& foreseen;             ///< takes the place of the inventory in check mode
    std::vector<JournalEntry>& left_behind;  ///< by earlier runs; what is finished is taken out
    std::set<std::string>& resumed;          ///< ids of those that a package of this run is about
    std::vector<std::string>& warnings;
};

/// Brings the product of one package to its version: detects, plans, waits for the installer, installs, reads
/// back. Once only.
class PackageUpgrade {
  public:
    PackageUpgrade(const ProductRunContext& run, const PackageRequest& package, TargetPlace place)
        : run_(run), package_(package), place_(std::move(place)) {}

    /// Throws what the seams throw while nothing has been begun.
    TargetRow carry_out();

    /// Why no further package may be begun, a sentence; nullptr where nothing stands in the way.
    const char* why_no_more() const { return why_no_more_; }

  private:
    std::optional<TargetRow> met_without_opening();
    ProductInventory& inventory() const;
    std::optional<ErrorDetail> why_unavailable();
    ProductPlan plan();
    TargetRow foresee(const ProductPlan& plan);
    std::optional<TargetRow> row_after(InstallerWait::End end, const ProductPlan& plan);
    TargetRow install(const ProductPlan& plan);
    TargetRow install_and_read_back(const ProductPlan& plan);
    TargetRow row_of(const ProductPlan& plan, const InstallRun& run,
                     const std::vector<Feature>& features_before,
                     const std::vector<std::string>& asked_before);
    InstallRun begin(const ProductPlan& plan, const std::string& log_path);
    InstallRun run_installer(const ProductPlan& plan, const std::string& log_path);
    ReadBack read_back(const ProductPlan& plan, const std::vector<Feature>& features_before,
                       const std::vector<std::string>& asked_before);
    void settle(const ProductPlan& plan, const InstallRun& run, const ReadBack& after, Outcome outcome);
    void take_out(const JournalEntry& entry);
    void take_out_finished(const ProductPlan& plan);
    void forget_finished(const PackageDescription& package);

    const ProductRunContext& run_;
    const PackageRequest& package_;
    const TargetPlace place_;
    std::uint32_t last_code_ = 0;  ///< the installer's last answer
    const char* why_no_more_ = nullptr;
};

}  // namespace upshift
