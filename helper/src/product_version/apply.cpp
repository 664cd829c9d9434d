// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "product_version/file_name.hpp"
#include "product_version/package_upgrade.hpp"
#include "product_version/product_journal.hpp"
#include "product_version/product_version.hpp"

namespace upshift {

namespace {

/// One run over the packages, in order.
class ProductRun {
  public:
    ProductRun(const ProductVersionRequest& request, const AnswerOptions& options, const ProductSeams& seams,
               const RunContext& context)
        : request_(request), options_(options), seams_(seams), context_(context), foreseen_(seams.inventory) {
        auto reading = context.journal.read(std::string(product_operation));
        left_behind_ = std::move(reading.entries);
        warnings_ = std::move(reading.warnings);
    }

    std::vector<TargetRow> carry_out() {
        std::vector<TargetRow> rows;
        for (const auto& package : request_.packages) {
            report(ProgressEvent::Kind::begun, package, "");
            rows.push_back(may_begin() ? timed_row(package) : skipped_row(package));
            ++done_;
            report(ProgressEvent::Kind::finished, package, name_of(rows.back().outcome));
        }
        return rows;
    }

    /// Of the journal; and what earlier runs left that none of these packages was about.
    std::vector<std::string> warnings(const std::vector<TargetRow>& rows) {
        for (const auto& entry : left_behind_) {
            const bool is_answered =
                std::ranges::any_of(rows, [&](const TargetRow& row) { return row.product_code == entry.id; });
            if (!is_answered && !resumed_.contains(entry.id)) {
                warnings_.push_back(warning_about(entry));
            }
        }
        return warnings_;
    }

  private:
    static constexpr const char* told_to_stop = "It was not begun: the run was told to stop.";
    static constexpr const char* failed_before =
        "It was not begun: another one failed, and stop_on_failure is set.";

    bool may_begin() {
        if (context_.stop.stop_requested()) {
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
        const ProductRunContext run{request_,  options_,     seams_,   context_,
                                    foreseen_, left_behind_, resumed_, warnings_};
        try {
            PackageUpgrade upgrade(run, package, {file_name(package.path), done_, request_.packages.size()});
            TargetRow row = upgrade.carry_out();
            why_no_more_ = upgrade.why_no_more();
            return row;
        } catch (const OperationError& error) {
            return failed_row(package, error.detail());
        }
    }

    TargetRow skipped_row(const PackageRequest& package) {
        TargetRow row{.name = file_name(package.path),
                      .version_wanted = package.version,
                      .outcome = Outcome::skipped,
                      .reason = why_no_more_};
        row.diff.before_unknown = true;
        row.diff.after_unknown = true;
        return row;
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
    ForeseenInventory foreseen_;
    std::vector<JournalEntry> left_behind_;
    std::set<std::string> resumed_;
    std::vector<std::string> warnings_;
    std::size_t done_ = 0;
    const char* why_no_more_ = nullptr;  ///< set once nothing further may be begun
};

}  // namespace

Answer upgrade_products(const ProductVersionRequest& request, const AnswerOptions& options,
                        const ProductSeams& seams, const RunContext& context) {
    ProductRun run(request, options, seams, context);
    Answer answer;
    answer.targets = run.carry_out();
    answer.warnings = run.warnings(answer.targets);
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
