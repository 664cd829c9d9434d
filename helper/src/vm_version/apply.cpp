// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/apply.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "vm_version/late_guests.hpp"
#include "vm_version/vm_upgrade.hpp"

namespace upshift {

namespace {

/// Hands out the work to threads. Used once.
class Crew {
  public:
    Crew(const std::vector<VmWork>& work, VmHosts& hosts, const VmVersionRequest& request,
         const RunContext& context, Answer& answer)
        : work_(work),
          hosts_(hosts),
          request_(request),
          context_(context),
          answer_(answer),
          warnings_(work.size()),
          late_(context.clock, context.stop) {}

    void run() {
        {
            std::vector<std::jthread> threads;
            const std::size_t count = std::min(request_.parallel, work_.size());
            threads.reserve(count);
            for (std::size_t i = 0; i < count; ++i) {
                threads.emplace_back([this] { work_until_none_is_left(); });
            }
        }
        late_.finish();
        if (trouble_) {
            std::rethrow_exception(trouble_);
        }
        for (const auto& warnings : warnings_) {
            answer_.warnings.insert(answer_.warnings.end(), warnings.begin(), warnings.end());
        }
        if (stopped_ && !answer_.error) {
            answer_.error = ErrorDetail{.kind = ErrorKind::cancelled,
                                        .attempted = "upgrade every virtual machine",
                                        .found = "the run was told to stop",
                                        .hint = "Run it again to do what is left."};
        }
    }

  private:
    void work_until_none_is_left() {
        try {
            for (auto i = next_++; i < work_.size(); i = next_++) {
                do_one(i);
            }
        } catch (...) {
            const std::lock_guard lock(trouble_mutex_);
            trouble_ = std::current_exception();
            next_ = work_.size();
        }
    }

    void do_one(std::size_t i) {
        auto& row = answer_.targets[work_[i].row];
        if (context_.stop.stop_requested()) {
            stopped_ = true;
            leave(row, "It was not begun: the run was told to stop.");
            return;
        }
        if (request_.stop_on_failure && failed_ && work_[i].plan.verdict == VmVerdict::upgrade) {
            leave(row, "It was not begun: another one failed, and stop_on_failure is set.");
            return;
        }
        auto upgrade = std::make_unique<VmUpgrade>(
            work_[i], hosts_, request_, context_,
            VmProgress(context_.progress, work_[i].vm->name, done_, work_.size()));
        upgrade->run();
        if (!upgrade->is_to_be_watched()) {
            conclude(i, *upgrade);
            return;
        }
        failed_ = true;
        late_.watch(std::move(upgrade), [this, i](VmUpgrade& watched) { conclude(i, watched); });
    }

    void conclude(std::size_t i, VmUpgrade& upgrade) {
        auto& row = answer_.targets[work_[i].row];
        auto result = upgrade.finish(row);
        row = std::move(result.row);
        warnings_[i] = std::move(result.warnings);
        failed_ = failed_ || row.outcome == Outcome::failed;
        stopped_ = stopped_ || (row.error && row.error->kind == ErrorKind::cancelled);
    }

    static void leave(TargetRow& row, const char* reason) {
        row.outcome = Outcome::skipped;
        row.changed = false;
        row.discarded.clear();
        row.reason = reason;
    }

    const std::vector<VmWork>& work_;
    VmHosts& hosts_;
    const VmVersionRequest& request_;
    const RunContext& context_;
    Answer& answer_;
    std::vector<std::vector<std::string>> warnings_;  ///< by work, so that their order does not vary
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> done_ = 0;
    std::atomic<bool> failed_ = false;
    std::atomic<bool> stopped_ = false;
    std::mutex trouble_mutex_;
    std::exception_ptr trouble_;
    LateGuests late_;  ///< last, so that it ends before what it tells its results to
};

}  // namespace

void apply_plans(const std::vector<VmWork>& work, VmHosts& hosts, const VmVersionRequest& request,
                 const RunContext& context, Answer& answer) {
    Crew(work, hosts, request, context, answer).run();
}

}  // namespace upshift
