// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/plan_patch.hpp"

#include <algorithm>
#include <string>

#include "product_version/classify_patch.hpp"
#include "product_version/file_name.hpp"
#include "product_version/patch_refusals.hpp"
#include "product_version/plan_order.hpp"
#include "product_version/plan_rows.hpp"
#include "product_version/refusals.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

/// Those that the request means: all where it names none.
std::vector<PatchedProduct> select(const Observation& seen, const PackageRequest& request) {
    std::vector<PatchedProduct> selected = seen.patched;
    std::erase_if(selected, [&](const PatchedProduct& patched) {
        const std::string& code = patched.product.product_code;
        const bool is_code = request.product_code.empty() || request.product_code == code;
        const bool is_name = request.name.empty() || std::ranges::any_of(seen.named, [&](const auto& named) {
                                 return named.product_code == code;
                             });
        return !is_code || !is_name;
    });
    return selected;
}

/// The patched product as a package would describe it.
PackageDescription outcome_of(const Observation& seen, const ClassifiedPatch& classified) {
    PackageDescription package = seen.package;
    if (const auto& installed = classified.installed) {
        const PatchTarget& target = classified.target;
        package.product_code = installed->product_code;
        package.name = installed->name;
        package.version = target.new_version.empty() ? installed->version : target.new_version;
        package.upgrade_code = target.upgrade_code;
        package.context = installed->context;
    }
    return package;
}

TargetRow row_for(const PackageDescription& package, const PatchDescription& patch,
                  const ClassifiedPatch& classified, const PackageRequest& request) {
    TargetRow row;
    row.name = package.name.empty() ? file_name(package.path) : package.name;
    row.product_code = package.product_code;
    row.patch_code = patch.patch_code;
    row.version_wanted = request.version.empty() ? package.version : request.version;
    row.version_before = classified.installed ? classified.installed->version : "";
    row.classification = name_of(classified.classification);
    return row;
}

/// Plans one patch, step by step: first what rules it out, then what leaves the product alone.
class PatchPlanner {
  public:
    PatchPlanner(const Observation& seen, const PatchDescription& patch, const PackageRequest& request,
                 const ProductVersionRequest& choices)
        : seen_(seen),
          patch_(patch),
          request_(request),
          choices_(choices),
          selected_(select(seen, request)),
          classified_(classify_patch(patch, selected_)),
          package_(outcome_of(seen, classified_)),
          row_(row_for(package_, patch, classified_, request)) {}

    ProductPlan plan() const {
        if (choices_.engine != Engine::wmi) {
            return {failed(row_, refusal_of_patch_engine(row_))};
        }
        if (!request_.transforms.empty()) {
            return {failed(row_, refusal_of_patch_transforms(row_))};
        }
        if (classified_.classification == Classification::absent) {
            return seen_.asked_for.empty() ? plan_absent() : plan_for_others();
        }
        if (const auto error = refusal_of_content(package_, request_)) {
            return {failed(row_, *error)};
        }
        return plan_for_product();
    }

  private:
    /// What was asked for is there, and the patch is for something else.
    ProductPlan plan_for_others() const {
        const InstalledProduct& asked_for = seen_.asked_for.front();
        TargetRow row = row_;
        row.name = asked_for.name;
        row.product_code = asked_for.product_code;
        row.version_before = asked_for.version;
        row.classification = name_of(Classification::not_applicable);
        return {failed(row, refusal_of_patch_selection(row, patch_, seen_.patched))};
    }

    ProductPlan plan_absent() const {
        switch (choices_.when_absent) {
            case WhenAbsent::skip:
                return {left(row_, Outcome::skipped,
                             is_one_asked_for()
                                 ? "The product that was asked for is not installed, and when_absent is skip."
                                 : "No product that it is for is installed, and when_absent is skip.")};
            case WhenAbsent::install:
                return {failed(row_, refusal_of_patch_alone(row_, is_one_asked_for()))};
            case WhenAbsent::fail:
                break;
        }
        return {failed(row_, refusal_of_unpatchable(row_, patch_, is_one_asked_for()))};
    }

    ProductPlan plan_for_product() const {
        switch (classified_.classification) {
            case Classification::applied:
                return {left(row_, Outcome::unchanged, "The patch is applied already.")};
            case Classification::superseded:
                return {row_of_superseded()};
            case Classification::not_applicable:
                return {failed(row_, refusal_of_patch_version(row_, patch_))};
            case Classification::applicable:
                return plan_applicable();
            default:
                return {
                    failed(row_, refusal_of_classification(
                                     row_, {classified_.classification, classified_.installed, {}, false}))};
        }
    }

    bool is_one_asked_for() const {
        return !request_.product_code.empty() || !request_.upgrade_code.empty() || !request_.name.empty();
    }

    TargetRow row_of_superseded() const {
        const auto installed = parse_product_version(row_.version_before);
        if (installed > parse_product_version(package_.version)) {
            return row_of_newer(row_, choices_.when_newer);
        }
        const bool is_reached_now = is_reached(classified_.target, row_.version_before);
        return left(row_, Outcome::unchanged,
                    is_reached_now ? already_installed(row_.version_before)
                                   : "A later patch has taken its place already.");
    }

    ProductPlan plan_applicable() const {
        if (classified_.applicable.size() > 1) {
            return {failed(row_, refusal_of_several_targets(row_, classified_.applicable))};
        }
        if (!classified_.target.new_product_code.empty()) {
            return {failed(row_, refusal_of_new_product(row_, classified_.target))};
        }
        return act();
    }

    ProductPlan act() const {
        TargetRow row = row_;
        const bool is_raised = row.version_wanted != row.version_before;
        row.reason =
            is_raised ? "It would be patched from " + row.version_before + " to " + row.version_wanted + "."
                      : "The patch would be applied to version " + row.version_before + ".";
        row.outcome = Outcome::would_upgrade;
        row.changed = true;
        row.properties = properties_for(false, request_, choices_.restart_manager);
        return {.row = row,
                .order = InstallOrder{.path = package_.path,
                                      .product_code = {},
                                      .properties = row.properties,
                                      .transforms = {},
                                      .log_path = {},
                                      .installed = classified_.installed,
                                      .is_patch = true,
                                      .per_machine = package_.context == InstallContext::machine},
                .classification = classified_.classification,
                .installed = classified_.installed,
                .replaced = {},
                .unfinished = seen_.unfinished,
                .package = package_};
    }

    const Observation& seen_;
    const PatchDescription& patch_;
    const PackageRequest& request_;
    const ProductVersionRequest& choices_;
    const std::vector<PatchedProduct> selected_;
    const ClassifiedPatch classified_;
    const PackageDescription package_;
    const TargetRow row_;
};

}  // namespace

ProductPlan plan_patch(const Observation& seen, const PatchDescription& patch, const PackageRequest& request,
                       const ProductVersionRequest& choices) {
    return PatchPlanner(seen, patch, request, choices).plan();
}

}  // namespace upshift
