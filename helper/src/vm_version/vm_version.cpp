// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_version.hpp"

#include <algorithm>

#include "vm_version/apply.hpp"
#include "vm_version/inventory.hpp"
#include "vm_version/owners.hpp"
#include "vm_version/plan.hpp"
#include "vm_version/rows.hpp"
#include "vm_version/selection.hpp"
#include "vm_version/vm_journal.hpp"

namespace upshift {

namespace {

/// Plans every selected VM. Rows that need no work are final; the others come with their work.
class Planner {
  public:
    Planner(const VmVersionRequest& request, const std::vector<ObservedHost>& hosts)
        : request_(request), hosts_(hosts) {}

    void plan(const std::vector<SelectionEntry>& entries) {
        rows.reserve(entries.size());
        for (const auto& entry : entries) {
            if (entry.vm) {
                plan(*entry.vm);
            } else {
                rows.push_back(absent_row(entry, request_.when_absent));
                planned_.push_back(nullptr);
                one_failed_ = one_failed_ || rows.back().outcome == Outcome::failed;
            }
        }
    }

    /// What an earlier run left off is started again also where nobody asks for it.
    void plan_left_behind(const LeftBehind& left) {
        const auto& host = hosts_[left.place.host];
        const auto& vm = host.vms[left.place.vm];
        if (row_of(vm) != nullptr || !is_left_off(vm) || host.elsewhere) {
            return;
        }
        VmPlan plan;
        plan.reason = "It was not asked for.";
        start_if_left_off(plan, host, vm, true);
        add(left.place, std::move(plan));
    }

    /// Whether nothing is left to do about a VM that an earlier run had begun with, and that is not in work.
    bool is_settled(const LeftBehind& left) const {
        const auto& vm = hosts_[left.place.host].vms[left.place.vm];
        const bool is_in_work =
            std::any_of(work.begin(), work.end(), [&](const VmWork& one) { return one.vm == &vm; });
        if (is_in_work) {
            return false;
        }
        if (is_left_off(vm)) {
            return !hosts_[left.place.host].elsewhere;
        }
        if (job_goes_on(hosts_[left.place.host], left.entry)) {
            return false;
        }
        const auto* row = row_of(vm);
        const bool is_at_version = row != nullptr && row->outcome == Outcome::unchanged;
        return is_at_version || !left.entry.restart || !may_still_go_off(left.entry);
    }

    std::vector<TargetRow> rows;
    std::vector<VmWork> work;

  private:
    void plan(const SelectedVm& selected) {
        const auto& host = hosts_[selected.host];
        const auto& vm = host.vms[selected.vm];
        auto planned = plan_vm(host, vm, request_);
        if (planned.verdict == VmVerdict::upgrade && request_.stop_on_failure && one_failed_) {
            planned.verdict = VmVerdict::skip;
            planned.discards.clear();
            planned.reason = "It is not begun: one before it fails, and stop_on_failure is set.";
            start_if_left_off(planned, host, vm, request_.restart);
        }
        one_failed_ = one_failed_ || planned.verdict == VmVerdict::refuse;
        add(selected, std::move(planned));
    }

    void add(const SelectedVm& place, VmPlan planned) {
        const auto& host = hosts_[place.host];
        const auto& vm = host.vms[place.vm];
        rows.push_back(planned_row(host, vm, planned));
        planned_.push_back(&vm);
        if (!planned.steps.empty()) {
            work.push_back({rows.size() - 1, &host, &vm, std::move(planned)});
        }
    }

    const TargetRow* row_of(const ObservedVm& vm) const {
        const auto found = std::find(planned_.begin(), planned_.end(), &vm);
        return found == planned_.end() ? nullptr : &rows[static_cast<std::size_t>(found - planned_.begin())];
    }

    const VmVersionRequest& request_;
    const std::vector<ObservedHost>& hosts_;
    std::vector<const ObservedVm*> planned_;  ///< by row; nullptr for one that no host has
    bool one_failed_ = false;
};

void take_out(Journal& journal, const JournalEntry& entry, Answer& answer) {
    try {
        journal.take_out(entry);
    } catch (const OperationError& error) {
        answer.warnings.push_back(sentence(error.detail()));
    }
}

/// Takes out what is left of earlier runs and needs no work.
void take_out_settled(const JournalFindings& findings, const Planner& planner, Journal& journal,
                      Answer& answer) {
    for (const auto& entry : findings.settled) {
        take_out(journal, entry, answer);
    }
    for (const auto& left : findings.vms) {
        if (planner.is_settled(left)) {
            take_out(journal, left.entry, answer);
        }
    }
}

void add_unreadable_hosts(Answer& answer, const std::vector<ObservedHost>& hosts) {
    for (const auto& host : hosts) {
        if (host.error) {
            answer.targets.push_back(unreadable_host_row(host.name, *host.error));
        }
    }
}

}  // namespace

Answer upgrade_vms(const VmVersionRequest& request, const AnswerOptions& options,
                   cim::CimConnector& connector, const RunContext& context) {
    auto hosts = take_inventory(connector, request.cluster);
    const auto findings = find_left_behind(context.journal, hosts);
    auto selection = select_vms(request.selection, hosts);
    ask_possible_owners(connector, hosts, places_of(selection), &request);
    Planner planner(request, hosts);
    planner.plan(selection.entries);
    for (const auto& left : findings.vms) {
        planner.plan_left_behind(left);
    }

    Answer answer;
    answer.check_mode = options.check_mode;
    answer.simulated = !request.simulation.empty();
    answer.warnings = std::move(selection.warnings);
    answer.warnings.insert(answer.warnings.end(), findings.warnings.begin(), findings.warnings.end());
    answer.hosts = host_rows(hosts);
    answer.targets = planner.rows;
    if (!options.check_mode) {
        take_out_settled(findings, planner, context.journal, answer);
        VmHosts ways(connector, hosts);
        apply_plans(planner.work, ways, request, context, answer);
    }
    add_unreadable_hosts(answer, hosts);
    summarize(answer, options.diff);
    return answer;
}

}  // namespace upshift
