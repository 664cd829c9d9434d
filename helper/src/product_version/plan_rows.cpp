// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/plan_rows.hpp"

#include <utility>

#include "product_version/refusals.hpp"

namespace upshift {

TargetRow left(TargetRow row, Outcome outcome, const std::string& reason) {
    row.outcome = outcome;
    row.version = row.version_before;
    row.reason = reason;
    if (!row.product_code_before.empty()) {
        row.product_code = std::exchange(row.product_code_before, "");
    }
    return row;
}

TargetRow failed(TargetRow row, const ErrorDetail& error) {
    row.error = error;
    return left(std::move(row), Outcome::failed, explanation(error));
}

TargetRow row_of_newer(const TargetRow& row, WhenNewer when_newer) {
    if (when_newer == WhenNewer::fail) {
        return failed(row, refusal_of_newer(row));
    }
    return left(row, Outcome::unchanged, "The newer version " + row.version_before + " is installed.");
}

std::string already_installed(const std::string& version) {
    return "Version " + version + " is installed already.";
}

}  // namespace upshift
