// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "machine/files.hpp"
#include "product_version/conclude.hpp"
#include "product_version/file_name.hpp"
#include "product_version/log_path.hpp"
#include "product_version/plan.hpp"
#include "product_version/product_version.hpp"

namespace upshift {

namespace {

/// One run over the packages, in order.
class ProductRun {
  public:
    ProductRun(const ProductVersionRequest& request, const AnswerOptions& options, const ProductSeams& seams,
               const RunContext& context)
        : request_(request), options_(options), seams_(seams), context_(context) {}

    std::vector<TargetRow> carry_out() {
        std::vector<TargetRow> rows;
        for (const auto& package : request_.packages) {
            begin(package);
            rows.push_back(may_begin() ? timed_row(package) : skipped_row(package));
            end(package, rows.back());
        }
        return rows;
    }

  private:
    static constexpr const char* told_to_stop = "It was not begun: the run was told to stop.";
    static constexpr const char* still_installing =
        "It was not begun: an earlier installation still goes on.";
    static constexpr const char* failed_before =
        "It was not begun: another one failed, and stop_on_failure is set.";

    bool may_begin() {
        if (why_no_more_ == nullptr && context_.stop.stop_requested()) {
            why_no_more_ = told_to_stop;
        }
        return why_no_more_ == nullptr;
    }

    TargetRow timed_row(const PackageRequest& package) {
        const auto begun = context_.clock.now();
        TargetRow row = row_for(package);
        const auto took = context_.clock.now() - begun;
        row.duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
        row.engine = seams_.engine.name();
        if (row.outcome == Outcome::failed && request_.stop_on_failure && why_no_more_ == nullptr) {
            why_no_more_ = failed_before;
        }
        return row;
    }

    TargetRow row_for(const PackageRequest& package) {
        try {
            if (const auto row = met_without_opening(package)) {
                return *row;
            }
            const Observation seen = observe(package.path, seams_.reader, seams_.inventory);
            const ProductPlan plan = plan_product(seen, package, {request_.when_absent, request_.when_newer});
            if (!plan.order || options_.check_mode) {
                return plan.row;
            }
            return install(plan, *plan.order, package);
        } catch (const OperationError& error) {
            return failed_row(package, error.detail());
        }
    }

    std::optional<TargetRow> met_without_opening(const PackageRequest& package) {
        if (package.version.empty() || (package.product_code.empty() && package.upgrade_code.empty())) {
            return std::nullopt;
        }
        std::vector<InstalledProduct> selected;
        if (package.product_code.empty()) {
            selected = seams_.inventory.related(package.upgrade_code);
        } else if (auto product = seams_.inventory.find(package.product_code)) {
            selected.push_back(std::move(*product));
        }
        return already_met(selected, package, {request_.when_absent, request_.when_newer});
    }

    TargetRow install(const ProductPlan& plan, InstallOrder order, const PackageRequest& package) {
        order.log_path = package.log_path.empty() ? new_log_path(package.path) : package.log_path;
        const auto asked_before = seams_.machine.pending_reboots();
        const TargetPlace place{file_name(package.path), done_, request_.packages.size()};
        const InstallRun run = run_install(seams_.engine, order, request_.timeout, place, context_);
        if (!run.result) {
            why_no_more_ = still_installing;
        }
        TargetRow row = conclude(plan, run, read_back(plan.row, asked_before));
        if (file_exists(order.log_path)) {
            row.log_path = order.log_path;
        }
        return row;
    }

    ReadBack read_back(const TargetRow& planned, const std::vector<std::string>& asked_before) {
        ReadBack after;
        after.product = seams_.inventory.find(planned.product_code);
        if (!planned.product_code_before.empty()) {
            after.replaced = seams_.inventory.find(planned.product_code_before);
        }
        const std::set<std::string> known(asked_before.begin(), asked_before.end());
        const auto asked_now = seams_.machine.pending_reboots();
        after.restart_pending = std::any_of(asked_now.begin(), asked_now.end(),
                                            [&](const auto& place) { return !known.contains(place); });
        return after;
    }

    TargetRow skipped_row(const PackageRequest& package) {
        return {.name = file_name(package.path),
                .version_wanted = package.version,
                .outcome = Outcome::skipped,
                .reason = why_no_more_};
    }

    void begin(const PackageRequest& package) { report(ProgressEvent::Kind::begun, package, ""); }

    void end(const PackageRequest& package, const TargetRow& row) {
        ++done_;
        report(ProgressEvent::Kind::finished, package, name_of(row.outcome));
    }

    /// One name through all events of a target, known before the package is read.
    void report(ProgressEvent::Kind kind, const PackageRequest& package, std::string_view text) {
        context_.progress.report({.kind = kind,
                                  .target = file_name(package.path),
                                  .text = std::string(text),
                                  .done = done_,
                                  .total = request_.packages.size()});
    }

    const ProductVersionRequest& request_;
    const AnswerOptions& options_;
    const ProductSeams& seams_;
    const RunContext& context_;
    std::size_t done_ = 0;
    const char* why_no_more_ = nullptr;  ///< set once nothing further may be begun
};

}  // namespace

Answer upgrade_products(const ProductVersionRequest& request, const AnswerOptions& options,
                        const ProductSeams& seams, const RunContext& context) {
    ProductRun run(request, options, seams, context);
    Answer answer;
    answer.targets = run.carry_out();
    if (context.stop.stop_requested()) {
        answer.error = ErrorDetail{.kind = ErrorKind::cancelled,
                                   .attempted = "finish the run",
                                   .found = "it was told to stop",
                                   .hint = "Run this again to finish it."};
    }
    summarize(answer, options.diff);
    return answer;
}

}  // namespace upshift
