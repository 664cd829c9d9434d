// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/conclude.hpp"

#include <algorithm>

#include "product_version/conclude_errors.hpp"
#include "product_version/product_journal.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

// "MsiExec.exe and InstMsi.exe Error Messages", Microsoft.
constexpr std::uint32_t install_suspend = 1604;

bool is_version(const InstalledProduct& product, const std::string& version) {
    return !product.advertised && parse_product_version(product.version) == parse_product_version(version);
}

bool is_package(const InstalledProduct& product, const PackageDescription& package) {
    return product.package_code.empty() || package.package_code.empty() ||
           product.package_code == package.package_code;
}

/// Null where it is not there, or merely advertised.
const InstalledProduct* new_product(const ReadBack& after) {
    return after.product.has_value() && !after.product->advertised ? &*after.product : nullptr;
}

bool is_new_there(const ReadBack& after) {
    return new_product(after) != nullptr;
}

/// The product that the row is about now: the new one, else one that was to be replaced. Null where nothing
/// is left.
const InstalledProduct* present(const ReadBack& after) {
    if (const InstalledProduct* product = new_product(after)) {
        return product;
    }
    return after.remaining.empty() ? nullptr : &after.remaining.front();
}

const InstalledProduct* find_code(const std::vector<InstalledProduct>& products, const std::string& code) {
    const auto found = std::ranges::find(products, code, &InstalledProduct::product_code);
    return found == products.end() ? nullptr : &*found;
}

/// Of the products that were to go, which are still there. Before the row takes over what was read.
void take_over_removals(TargetRow& row, const ReadBack& after) {
    for (auto& product : row.diff.removed) {
        if (const auto* stays = find_code(after.remaining, product.product_code)) {
            product.version_after = stays->version;
        }
    }
    const auto* replaced = find_code(after.remaining, row.product_code_before);
    if (replaced != nullptr && is_new_there(after)) {
        row.diff.replaced_stays = true;
        row.diff.removed.insert(
            row.diff.removed.begin(),
            RemovedProduct{replaced->name, replaced->product_code, replaced->version, replaced->version});
    }
}

void take_over_state(TargetRow& row, const ReadBack& after) {
    const InstalledProduct* now = present(after);
    row.version = now != nullptr ? now->version : "";
    row.diff.after_unknown = now != nullptr;
    row.package_code = now != nullptr ? now->package_code : "";
    if (row.package_code == row.package_code_before) {
        row.package_code_before.clear();
    }
    if (now != nullptr && now->product_code == row.product_code_before) {
        row.product_code = std::exchange(row.product_code_before, "");
    } else if (now != nullptr) {
        row.product_code = now->product_code;
    }
    row.changed = row.version != row.version_before || !row.product_code_before.empty() ||
                  !row.package_code_before.empty();
}

/// What a suspended installation was to replace is Windows' own affair after the restart.
std::string what_stands_beside(const InstallRun& run, const ReadBack& after) {
    if (!is_new_there(after) || after.remaining.empty()) {
        return ".";
    }
    const bool is_suspended = run.result && run.result->code == install_suspend;
    return ", beside " + listed(after.remaining) + (is_suspended ? "." : ", which the next run removes.");
}

/// After a failure: whether the user still has the product.
std::string what_is_left(const ProductPlan& plan, const InstallRun& run, const ReadBack& after) {
    if (const InstalledProduct* now = present(after)) {
        return "Version " + now->version + " is installed now" + what_stands_beside(run, after);
    }
    const std::string nothing =
        is_new_product(plan.row) ? "Nothing of it is installed."
                                 : "The old version " + plan.row.version_before + " is no longer installed.";
    return is_lost(plan, after) ? nothing + " The next run installs the new one, whatever when_absent says."
                                : nothing;
}

/// An earlier run that was not killed ended by itself, and said so.
std::string resumed_after(const std::optional<JournalEntry>& unfinished) {
    const bool was_killed = unfinished && may_be_partial(*unfinished);
    return was_killed ? "after an earlier run had been killed." : "after an earlier run had not finished it.";
}

std::string success_reason(const ProductPlan& plan, const TargetRow& row) {
    switch (plan.classification) {
        case Classification::small_update:
            return "Another build of version " + row.version + " was installed.";
        case Classification::interrupted:
            return "Version " + row.version + " was installed " + (is_new_product(row) ? "" : "once more ") +
                   resumed_after(plan.unfinished);
        case Classification::applicable:
            return row.version == row.version_before
                       ? "The patch was applied to version " + row.version + "."
                       : "It was patched from " + row.version_before + " to " + row.version + ".";
        default:
            break;
    }
    if (is_new_product(row)) {
        return "Version " + row.version + " was installed.";
    }
    if (plan.classification == Classification::major_upgrade && plan.replaced.size() > 1) {
        return "Version " + row.version + " replaced " + listed(plan.replaced) + ".";
    }
    return "It was upgraded from " + row.version_before + " to " + row.version + ".";
}

/// Nothing where what is there is as it was wanted.
std::optional<ErrorDetail> error_of_state(const ProductPlan& plan, const ReadBack& after) {
    if (!after.product || !is_version(*after.product, plan.row.version_wanted)) {
        return version_error(plan.row);
    }
    if (!is_package(*after.product, plan.package)) {
        return package_error(plan.row);
    }
    if (!after.lost_features.empty()) {
        return feature_error(plan.row, after.lost_features.front());
    }
    if (!after.remaining.empty()) {
        return remaining_error(plan.row, after.remaining);
    }
    return after.lacks_patch ? std::optional(patch_error(plan.row)) : std::nullopt;
}

/// Nothing where the product is as it was wanted, whatever was answered.
std::optional<ErrorDetail> error_of(const ProductPlan& plan, const InstallRun& run, const ReadBack& after) {
    if (!run.result) {
        return still_running_error(plan.row, run);
    }
    if (run.result->lost) {
        return error_of_state(plan, after) ? run.result->lost : std::nullopt;
    }
    return is_success(run.result->code) ? error_of_state(plan, after) : code_error(plan.row, run);
}

bool is_there(const Feature& feature) {
    return feature.state == FeatureState::local || feature.state == FeatureState::source;
}

}  // namespace

std::vector<Feature> lost_features(const std::vector<Feature>& before, const std::vector<Feature>& after,
                                   bool is_same_product) {
    std::vector<Feature> lost;
    for (const auto& feature : before) {
        const auto now = std::ranges::find(after, feature.name, &Feature::name);
        if (!is_there(feature) || now == after.end()) {
            continue;
        }
        if (now->state == FeatureState::advertised ||
            (is_same_product && now->state == FeatureState::absent)) {
            lost.push_back(*now);
        }
    }
    return lost;
}

TargetRow conclude(const ProductPlan& plan, const InstallRun& run, const ReadBack& after) {
    TargetRow row = plan.row;
    take_over_removals(row, after);
    take_over_state(row, after);
    row.reboot_required = after.restart_pending || (run.result && wants_reboot(run.result->code));
    row.reboot_initiated = run.result && begins_reboot(run.result->code);
    row.changed = row.changed || (plan.package.patch && !after.lacks_patch);
    if (auto error = error_of(plan, run, after)) {
        if (!run.abilities.writes_log) {
            speak_of_no_log(*error);
        }
        row.outcome = Outcome::failed;
        row.reason = explanation(*error) + " " + what_is_left(plan, run, after);
        row.error = std::move(error);
        return row;
    }
    row.outcome = is_new_product(row) ? Outcome::installed : Outcome::upgraded;
    row.reason = success_reason(plan, row);
    if (removes_first(plan.classification, plan.replaced)) {
        row.reason += " Before that, " + listed(plan.replaced) + " had been removed.";
    }
    if (run.result && run.result->lost) {
        row.reason += " The answer got lost, and this was read back.";
    }
    // What was installed once more may have mended anything.
    row.changed = row.changed || plan.classification == Classification::interrupted;
    return row;
}

bool is_lost(const ProductPlan& plan, const ReadBack& after) {
    const bool was_there = !is_new_product(plan.row) || plan.classification == Classification::interrupted;
    return was_there && present(after) == nullptr;
}

TargetRow unread_row(const ProductPlan& plan, const InstallRun& run, const ErrorDetail& error) {
    TargetRow row = plan.row;
    row.outcome = Outcome::failed;
    row.error = error;
    row.diff.after_unknown = true;
    for (auto& product : row.diff.removed) {
        product.version_after = "not known";
    }
    const bool is_answered = run.result && !run.result->lost;
    row.reason = (is_answered ? "The installer answered " + code_text(run.result->code)
                              : std::string("The installation may go on")) +
                 ", but what is installed now could not be read: " + explanation(error);
    row.reboot_required = run.result && wants_reboot(run.result->code);
    row.reboot_initiated = run.result && begins_reboot(run.result->code);
    return row;
}

TargetRow not_begun_row(const ProductPlan& plan, const ErrorDetail& error) {
    TargetRow row = plan.row;
    row.changed = false;
    row.outcome = Outcome::failed;
    row.version = row.version_before;
    row.package_code.clear();
    row.package_code_before.clear();
    row.properties.clear();
    row.diff = {};
    if (!row.product_code_before.empty()) {
        row.product_code = std::exchange(row.product_code_before, "");
    }
    row.error = error;
    row.reason = explanation(error);
    return row;
}

TargetRow busy_row(const ProductPlan& plan) {
    return not_begun_row(plan, busy_error(plan.row));
}

}  // namespace upshift
