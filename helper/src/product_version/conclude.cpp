// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/conclude.hpp"

#include "installer/outcome_codes.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

bool is_new_product(const TargetRow& row) {
    return row.version_before.empty();
}

bool is_version(const InstalledProduct& product, const std::string& version) {
    return !product.advertised && parse_product_version(product.version) == parse_product_version(version);
}

bool is_reached(const TargetRow& row, const ReadBack& after) {
    return after.product.has_value() && is_version(*after.product, row.version_wanted);
}

/// The product that the row is about now: the new one, else the one that was to be replaced. Null where
/// nothing is left.
const InstalledProduct* present(const ReadBack& after) {
    if (after.product.has_value() && !after.product->advertised) {
        return &*after.product;
    }
    return after.replaced.has_value() ? &*after.replaced : nullptr;
}

void take_over_state(TargetRow& row, const ReadBack& after) {
    const InstalledProduct* now = present(after);
    row.version = now != nullptr ? now->version : "";
    if (now != nullptr && now->product_code == row.product_code_before) {
        row.product_code = std::exchange(row.product_code_before, "");
    }
    row.changed = row.version != row.version_before || !row.product_code_before.empty();
}

/// After a failure: whether the user still has the product.
std::string what_is_left(const TargetRow& row, const ReadBack& after) {
    if (const InstalledProduct* now = present(after)) {
        return "Version " + now->version + " is installed now.";
    }
    return is_new_product(row) ? "Nothing of it is installed."
                               : "The old version " + row.version_before + " is no longer installed.";
}

ErrorDetail error_for(const TargetRow& row) {
    ErrorDetail detail;
    detail.kind = ErrorKind::failed;
    detail.attempted = is_new_product(row) ? "install the product" : "upgrade the product";
    detail.object = row.name;
    return detail;
}

ErrorKind kind_of(Interruption interruption) {
    return interruption == Interruption::timeout ? ErrorKind::timeout : ErrorKind::cancelled;
}

ErrorDetail still_running_error(const TargetRow& row, const InstallRun& run) {
    ErrorDetail detail = error_for(row);
    detail.kind = kind_of(run.interruption);
    detail.found = std::string(run.interruption == Interruption::timeout ? "it took longer than timeout"
                                                                         : "the run was told to stop") +
                   ", and the installer did not cancel: the installation goes on";
    detail.hint = "Let the installation end, then run this again.";
    return detail;
}

ErrorDetail code_error(const TargetRow& row, const InstallResult& result, Interruption interruption) {
    const OutcomeCode meaning = outcome_code(result.code);
    ErrorDetail detail = error_for(row);
    detail.kind = interruption == Interruption::none ? meaning.kind : kind_of(interruption);
    detail.found = "the installer answered: " + std::string(meaning.text);
    if (!result.failing_action.empty()) {
        detail.found += ", in the action " + result.failing_action;
    }
    for (const auto& text : result.texts) {
        detail.cause += (detail.cause.empty() ? "" : " ") + text;
    }
    detail.code = code_text(result.code);
    detail.code_family = "Windows Installer";
    detail.symbol = meaning.symbol;
    detail.hint = meaning.hint;
    return detail;
}

ErrorDetail unchanged_error(const TargetRow& row) {
    ErrorDetail detail = error_for(row);
    detail.found = "the installer answered that it succeeded, but version " + row.version_wanted +
                   " is not what is installed";
    detail.needed = "version " + row.version_wanted + " installed";
    detail.hint = "The log named in the answer says what the installer did.";
    return detail;
}

std::string success_reason(const TargetRow& row, const ReadBack& after) {
    std::string reason = is_new_product(row)
                             ? "Version " + row.version + " was installed"
                             : "It was upgraded from " + row.version_before + " to " + row.version;
    if (after.replaced) {
        reason += ", but the old version " + after.replaced->version + " is still installed beside it";
    }
    return reason + ".";
}

}  // namespace

TargetRow conclude(const ProductPlan& plan, const InstallRun& run, const ReadBack& after) {
    TargetRow row = plan.row;
    take_over_state(row, after);
    row.reboot_required = after.restart_pending || (run.result && wants_reboot(run.result->code));
    if (run.result && is_success(run.result->code) && is_reached(plan.row, after)) {
        row.outcome = is_new_product(row) ? Outcome::installed : Outcome::upgraded;
        row.reason = success_reason(row, after);
        return row;
    }
    row.outcome = Outcome::failed;
    if (!run.result) {
        row.error = still_running_error(row, run);
    } else if (!is_success(run.result->code)) {
        row.error = code_error(row, *run.result, run.interruption);
    } else {
        row.error = unchanged_error(row);
    }
    row.reason = explanation(*row.error) + " " + what_is_left(plan.row, after);
    return row;
}

}  // namespace upshift
