// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/package_upgrade.hpp"

#include <algorithm>

#include "product_version/conclude_errors.hpp"
#include "product_version/product_journal.hpp"

namespace upshift {

namespace {

constexpr const char* told_to_stop = "It was not begun: the run was told to stop.";

// "MsiExec.exe and InstMsi.exe Error Messages", Microsoft.
constexpr std::uint32_t already_running = 1618;
constexpr std::uint32_t other_version_installed = 1638;

/// Whether the same would be tried once more.
bool is_same_attempt(const ProductPlan& one, const ProductPlan& other) {
    return one.classification == other.classification && one.row.version_before == other.row.version_before &&
           one.row.product_code_before == other.row.product_code_before;
}

}  // namespace

TargetRow PackageUpgrade::carry_out() {
    if (const auto row = met_without_opening()) {
        return *row;
    }
    InstallerWait wait(run_.seams.machine, run_.request.installer_timeout, place_, run_.context);
    std::optional<ProductPlan> tried;
    TargetRow row;
    while (true) {
        const ProductPlan planned = plan();
        if (!planned.order) {
            return planned.row;
        }
        if (const auto error = why_unavailable()) {
            return not_begun_row(planned, *error);
        }
        if (!package_.log_path.empty() && !run_.seams.engine.has_folder_for_log(package_.log_path)) {
            return not_begun_row(planned, log_error(planned.row, package_.log_path));
        }
        if (run_.options.check_mode) {
            return foresee(planned);
        }
        if (tried && is_same_attempt(*tried, planned)) {
            return row;
        }
        const auto end = wait.until_free();
        if (const auto instead = row_after(end, planned)) {
            return *instead;
        }
        if (end == InstallerWait::End::free_now) {
            continue;
        }
        row = install(planned);
        if (last_code_ == already_running) {
            if (const auto instead = row_after(wait.after_refusal(), planned)) {
                return *instead;
            }
        } else if (last_code_ == other_version_installed && !tried) {
            // Somebody else was there between the look and the installation.
            tried = planned;
        } else {
            return row;
        }
    }
}

/// Check mode says so too.
std::optional<ErrorDetail> PackageUpgrade::why_unavailable() {
    try {
        run_.seams.engine.require_available();
    } catch (const OperationError& error) {
        return error.detail();
    }
    return std::nullopt;
}

std::optional<TargetRow> PackageUpgrade::met_without_opening() {
    const bool is_named = !package_.name.empty();
    if (package_.version.empty() ||
        (package_.product_code.empty() && package_.upgrade_code.empty() && !is_named)) {
        return std::nullopt;
    }
    std::vector<InstalledProduct> selected = find_selected(package_, inventory());
    std::erase_if(selected, [&](const auto& product) {
        return std::ranges::any_of(run_.left_behind, [&](const auto& entry) {
            return entry.id == product.product_code && (may_be_partial(entry) || stands_beside(entry));
        });
    });
    return already_met(selected, package_, run_.request.when_newer);
}

ProductInventory& PackageUpgrade::inventory() const {
    return run_.options.check_mode ? run_.foreseen : run_.seams.inventory;
}

ProductPlan PackageUpgrade::plan() {
    const Observation seen = observe(package_, run_.seams.reader, inventory(), run_.left_behind);
    ProductPlan planned = plan_product(seen, package_, run_.request);
    if (seen.unfinished) {
        run_.resumed.insert(seen.unfinished->id);
        if (planned.row.outcome == Outcome::unchanged && !run_.options.check_mode) {
            take_out(*seen.unfinished);
        }
    }
    return planned;
}

/// The plan is the answer of check mode, and later packages meet what it leads to.
TargetRow PackageUpgrade::foresee(const ProductPlan& plan) {
    run_.foreseen.foresee(plan);
    forget_finished(plan.package);
    return plan.row;
}

/// Nothing where the installer is free.
std::optional<TargetRow> PackageUpgrade::row_after(InstallerWait::End end, const ProductPlan& plan) {
    if (end == InstallerWait::End::timed_out) {
        return busy_row(plan);
    }
    if (end == InstallerWait::End::stopped) {
        TargetRow row = busy_row(plan);
        row.error.reset();
        row.outcome = Outcome::skipped;
        row.reason = told_to_stop;
        return row;
    }
    return std::nullopt;
}

}  // namespace upshift
