// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/plan.hpp"

#include <algorithm>
#include <string>

#include "product_version/file_name.hpp"
#include "product_version/plan_order.hpp"
#include "product_version/plan_patch.hpp"
#include "product_version/plan_rows.hpp"
#include "product_version/refusals.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

TargetRow row_for(const Observation& seen, const Classified& classified, const PackageRequest& request) {
    TargetRow row;
    row.name = seen.package.name;
    row.product_code = seen.package.product_code;
    row.version_wanted = request.version.empty() ? seen.package.version : request.version;
    row.classification = name_of(classified.classification);
    if (classified.installed) {
        row.version_before = classified.installed->version;
        row.diff.before_unknown = row.version_before.empty();
        row.diff.after_unknown = row.diff.before_unknown;
        if (classified.installed->product_code != row.product_code) {
            row.product_code_before = classified.installed->product_code;
        }
    }
    return row;
}

/// Plans one package, step by step: first what leaves it alone, then what rules it out.
class Planner {
  public:
    Planner(const Observation& seen, const PackageRequest& request, const ProductVersionRequest& choices)
        : seen_(seen),
          request_(request),
          choices_(choices),
          classified_(classify(seen)),
          row_(row_for(seen, classified_, request)) {}

    ProductPlan plan() const {
        if (const auto error = refusal_of_content(seen_.package, request_)) {
            return {failed(row_, *error)};
        }
        // What is met stays met, also where the upgrade has taken away the product that was named.
        if (classified_.classification == Classification::same) {
            return {left(row_, Outcome::unchanged, already_installed(row_.version_before))};
        }
        if (classified_.classification == Classification::newer_installed) {
            return {row_of_newer(row_, choices_.when_newer)};
        }
        if (const auto error = refusal_of_selection(seen_, classified_, request_)) {
            return {failed(row_, *error)};
        }
        return plan_action();
    }

  private:
    ProductPlan plan_action() const {
        switch (classified_.classification) {
            case Classification::absent:
                return plan_absent();
            case Classification::side_by_side:
                return plan_side_by_side();
            case Classification::small_update:
            case Classification::minor_upgrade:
            case Classification::major_upgrade:
            case Classification::interrupted:
                return act();
            default:
                return {failed(row_, refusal_of_classification(row_, classified_))};
        }
    }

    ProductPlan plan_absent() const {
        if (choices_.when_absent == WhenAbsent::skip) {
            return {left(row_, Outcome::skipped, "It is not installed, and when_absent is skip.")};
        }
        if (const auto error = refusal_of_unfit_name(seen_.package, request_)) {
            return {failed(row_, *error)};
        }
        if (choices_.when_absent == WhenAbsent::install) {
            return act();
        }
        return {failed(row_, refusal_of_absent(row_))};
    }

    ProductPlan plan_side_by_side() const {
        if (choices_.when_side_by_side == WhenSideBySide::fail) {
            return {failed(row_, refusal_of_classification(row_, classified_))};
        }
        return act();
    }

    ProductPlan act() const {
        if (choices_.engine == Engine::wmi) {
            if (const auto error = refusal_of_wmi(row_, classified_)) {
                return {failed(row_, *error)};
            }
        }
        return order_for(row_, seen_, classified_, request_, choices_.restart_manager);
    }

    const Observation& seen_;
    const PackageRequest& request_;
    const ProductVersionRequest& choices_;
    const Classified classified_;
    const TargetRow row_;
};

}  // namespace

bool removes_first(Classification classification, const std::vector<InstalledProduct>& replaced) {
    return classification != Classification::major_upgrade && !replaced.empty();
}

ProductPlan plan_product(const Observation& seen, const PackageRequest& request,
                         const ProductVersionRequest& choices) {
    return seen.package.patch ? plan_patch(seen, *seen.package.patch, request, choices)
                              : Planner(seen, request, choices).plan();
}

std::optional<TargetRow> already_met(const std::vector<InstalledProduct>& selected,
                                     const PackageRequest& request, WhenNewer when_newer) {
    const auto wanted = parse_product_version(request.version);
    const auto found = std::find_if(selected.begin(), selected.end(), [&](const InstalledProduct& product) {
        return !product.advertised && !product.of_another_user && !product.instance &&
               parse_product_version(product.version) >= wanted;
    });
    if (!wanted || found == selected.end()) {
        return std::nullopt;
    }
    const bool is_newer = parse_product_version(found->version) > wanted;
    TargetRow row;
    row.name = found->name;
    row.product_code = found->product_code;
    row.version_before = found->version;
    row.version_wanted = request.version;
    row.classification = name_of(is_newer ? Classification::newer_installed : Classification::same);
    return is_newer ? row_of_newer(row, when_newer)
                    : left(row, Outcome::unchanged, already_installed(found->version));
}

TargetRow failed_row(const PackageRequest& request, const ErrorDetail& error) {
    TargetRow row{.name = file_name(request.path),
                  .product_code = request.product_code,
                  .version_wanted = request.version};
    row.diff.before_unknown = true;
    row.diff.after_unknown = true;
    return failed(row, error);
}

}  // namespace upshift
