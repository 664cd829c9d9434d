// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_version.hpp"

#include "vm_version/apply.hpp"
#include "vm_version/inventory.hpp"
#include "vm_version/owners.hpp"
#include "vm_version/plan.hpp"
#include "vm_version/rows.hpp"
#include "vm_version/selection.hpp"

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
                one_failed_ = one_failed_ || rows.back().outcome == Outcome::failed;
            }
        }
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
        }
        rows.push_back(planned_row(host, vm, planned));
        one_failed_ = one_failed_ || planned.verdict == VmVerdict::refuse;
        if (planned.verdict == VmVerdict::upgrade) {
            work.push_back({rows.size() - 1, &host, &vm, std::move(planned)});
        }
    }

    const VmVersionRequest& request_;
    const std::vector<ObservedHost>& hosts_;
    bool one_failed_ = false;
};

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
    const auto hosts = take_inventory(connector, request.cluster);
    auto selection = select_vms(request.selection, hosts);
    ask_possible_owners(connector, hosts, places_of(selection), &request);
    Planner planner(request, hosts);
    planner.plan(selection.entries);

    Answer answer;
    answer.check_mode = options.check_mode;
    answer.simulated = !request.simulation.empty();
    answer.warnings = std::move(selection.warnings);
    answer.hosts = host_rows(hosts);
    answer.targets = std::move(planner.rows);
    if (!options.check_mode) {
        VmHosts ways(connector, hosts);
        apply_plans(planner.work, ways, request, context, answer);
    }
    add_unreadable_hosts(answer, hosts);
    summarize(answer, options.diff);
    return answer;
}

}  // namespace upshift
