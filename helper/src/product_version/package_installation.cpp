// SPDX-License-Identifier: GPL-3.0-or-later
// The part of PackageUpgrade that installs, reads back, and keeps the journal.
#include <algorithm>

#include "installer/outcome_codes.hpp"
#include "machine/files.hpp"
#include "product_version/log_path.hpp"
#include "product_version/package_upgrade.hpp"
#include "product_version/product_journal.hpp"

namespace upshift {

namespace {

constexpr const char* still_installing = "It was not begun: an earlier installation still goes on.";
constexpr const char* restarting = "It was not begun: a restart of this computer has begun.";
constexpr const char* suspended = "It was not begun: an earlier installation waits for a restart.";
constexpr const char* unknown_end = "It was not begun: what became of an earlier installation is not known.";

// "MsiExec.exe and InstMsi.exe Error Messages", Microsoft.
constexpr std::uint32_t install_suspend = 1604;

const char* why_no_more_after(const InstallRun& run) {
    if (!run.result) {
        return still_installing;
    }
    if (run.result->code == install_suspend) {
        return suspended;
    }
    return begins_reboot(run.result->code) ? restarting : nullptr;
}

std::string log_path_of(const PackageRequest& package, const InstallEngine& engine) {
    if (!engine.abilities().writes_log) {
        return "";
    }
    return package.log_path.empty() ? new_log_path(package.path) : package.log_path;
}

}  // namespace

TargetRow PackageUpgrade::install(const ProductPlan& plan) {
    try {
        return install_and_read_back(plan);
    } catch (const OperationError& error) {
        last_code_ = 0;
        return not_begun_row(plan, error.detail());
    }
}

TargetRow PackageUpgrade::install_and_read_back(const ProductPlan& plan) {
    const auto& seams = run_.seams;
    const std::string log_path = log_path_of(package_, seams.engine);
    std::vector<Feature> features_before;
    if (plan.installed) {
        features_before = seams.inventory.features(*plan.installed);
    }
    const auto asked_before = seams.machine.pending_reboots();
    const InstallRun run = begin(plan, log_path);
    last_code_ = run.result ? run.result->code : 0;
    why_no_more_ = why_no_more_after(run);
    TargetRow row = row_of(plan, run, features_before, asked_before);
    if (row.error && run.result && run.result->lost) {
        why_no_more_ = unknown_end;
    }
    if (!log_path.empty() && file_exists(log_path)) {
        row.log_path = log_path;
    }
    return row;
}

InstallRun PackageUpgrade::begin(const ProductPlan& plan, const std::string& log_path) {
    const JournalEntry entry = journal_entry(plan);
    run_.context.journal.write(entry);
    try {
        return run_installer(plan, log_path);
    } catch (const OperationError&) {
        // The installer could not even be started.
        take_out(entry);
        throw;
    }
}

TargetRow PackageUpgrade::row_of(const ProductPlan& plan, const InstallRun& run,
                                 const std::vector<Feature>& features_before,
                                 const std::vector<std::string>& asked_before) {
    try {
        const ReadBack after = read_back(plan, features_before, asked_before);
        TargetRow row = conclude(plan, run, after);
        settle(plan, run, after, row.outcome);
        return row;
    } catch (const OperationError& error) {
        // The entry in the journal stays: the next run looks again.
        return unread_row(plan, run, error.detail());
    }
}

/// After a killed run the package's own search for older products is not run again, since the new one is
/// there: what the earlier run left of them is removed here. Before the new one is installed once more, since
/// a product of which a part is gone may take files with it that both have.
InstallRun PackageUpgrade::run_installer(const ProductPlan& plan, const std::string& log_path) {
    std::vector<InstallOrder> orders;
    if (removes_first(plan.classification, plan.replaced)) {
        for (const auto& product : plan.replaced) {
            orders.push_back({.path = {},
                              .product_code = product.product_code,
                              .properties = {{"REBOOT", "ReallySuppress"}},
                              .transforms = {},
                              .log_path = {}});
        }
    }
    orders.push_back(plan.order.value_or(InstallOrder()));
    orders.back().log_path = log_path;
    InstallRun run{
        .result = InstallResult{}, .interruption = Interruption::none, .timeout = {}, .abilities = {}};
    for (const auto& order : orders) {
        const auto before = run.result->code;
        run = run_install(run_.seams.engine, order, run_.request.timeout, place_, run_.context);
        if (!run.result || run.result->lost || !is_success(run.result->code)) {
            break;
        }
        if (run.result->code == 0) {
            run.result->code = before;
        }
    }
    return run;
}

ReadBack PackageUpgrade::read_back(const ProductPlan& plan, const std::vector<Feature>& features_before,
                                   const std::vector<std::string>& asked_before) {
    auto& inventory = run_.seams.inventory;
    ReadBack after;
    after.product = inventory.find(plan.package.product_code);
    for (const auto& product : plan.replaced) {
        if (auto remaining = inventory.find(product.product_code)) {
            after.remaining.push_back(std::move(*remaining));
        }
    }
    if (after.product && plan.installed) {
        after.lost_features = lost_features(features_before, inventory.features(*after.product),
                                            plan.installed->product_code == plan.package.product_code);
    }
    if (plan.package.patch && after.product) {
        const auto patches = inventory.patches(*after.product);
        after.lacks_patch =
            std::ranges::count(patches, plan.package.patch->patch_code, &InstalledPatch::patch_code) == 0;
    }
    const auto asked_now = run_.seams.machine.pending_reboots();
    after.restart_pending = std::ranges::any_of(
        asked_now, [&](const auto& place) { return std::ranges::count(asked_before, place) == 0; });
    return after;
}

/// What of the installation the next run has to know.
void PackageUpgrade::settle(const ProductPlan& plan, const InstallRun& run, const ReadBack& after,
                            Outcome outcome) {
    JournalEntry entry = journal_entry(plan);
    const bool is_suspended = run.result && run.result->code == install_suspend;
    if (!run.result || (run.result->lost && outcome == Outcome::failed)) {
        return;
    }
    try {
        if (is_suspended || is_lost(plan, after)) {
            entry.begun = is_suspended ? begun::suspended : begun::lost;
            run_.context.journal.write(entry);
        } else if (outcome != Outcome::failed) {
            take_out_finished(plan);
        } else if (!after.product || after.remaining.empty()) {
            take_out(entry);
        } else {
            entry.begun = begun::beside;
            run_.context.journal.write(entry);
        }
    } catch (const OperationError& error) {
        run_.warnings.push_back(sentence(error.detail()));
    }
}

void PackageUpgrade::take_out(const JournalEntry& entry) {
    try {
        run_.context.journal.take_out(entry);
    } catch (const OperationError& error) {
        run_.warnings.push_back(sentence(error.detail()));
    }
}

/// The entry of this run, and those of earlier ones about the same family.
void PackageUpgrade::take_out_finished(const ProductPlan& plan) {
    take_out(journal_entry(plan));
    forget_finished(plan.package);
}

void PackageUpgrade::forget_finished(const PackageDescription& package) {
    while (const auto entry = find_unfinished(run_.left_behind, package)) {
        if (!run_.options.check_mode) {
            take_out(*entry);
        }
        std::erase(run_.left_behind, *entry);
    }
}

}  // namespace upshift
