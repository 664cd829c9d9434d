// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_version.hpp"

#include <algorithm>

#include "vm_version/apply.hpp"
#include "vm_version/detect.hpp"
#include "vm_version/plan.hpp"
#include "vm_version/rows.hpp"
#include "vm_version/selection.hpp"

namespace upshift {

namespace {

/// Reads the hosts. Where none of them can be read there is nothing to answer about.
std::vector<ObservedHost> observe(cim::CimConnector& connector) {
    auto hosts = observe_hosts(connector);
    const bool none_readable = std::all_of(hosts.begin(), hosts.end(),
                                           [](const ObservedHost& host) { return host.error.has_value(); });
    if (!hosts.empty() && none_readable) {
        throw OperationError(hosts.front().error.value_or(ErrorDetail{}));
    }
    return hosts;
}

std::vector<HostRow> host_rows(const std::vector<ObservedHost>& hosts) {
    std::vector<HostRow> rows;
    std::transform(hosts.begin(), hosts.end(), std::back_inserter(rows), host_row);
    return rows;
}

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
    const auto hosts = observe(connector);
    auto selection = select_vms(request.selection, hosts);
    Planner planner(request, hosts);
    planner.plan(selection.entries);

    Answer answer;
    answer.check_mode = options.check_mode;
    answer.simulated = !request.simulation.empty();
    answer.warnings = std::move(selection.warnings);
    answer.hosts = host_rows(hosts);
    answer.targets = std::move(planner.rows);
    if (!options.check_mode) {
        apply_plans(planner.work, request, context, answer);
    }
    add_unreadable_hosts(answer, hosts);
    summarize(answer, options.diff);
    return answer;
}

Answer list_vms(const VmInfoRequest& request, cim::CimConnector& connector, const RunContext& /*context*/) {
    const auto hosts = observe(connector);
    auto selection = select_vms(request.selection, hosts);

    Answer answer;
    answer.simulated = !request.simulation.empty();
    answer.warnings = std::move(selection.warnings);
    answer.hosts = host_rows(hosts);
    answer.vms.emplace();
    for (const auto& entry : selection.entries) {
        if (entry.vm) {
            const auto& host = hosts[entry.vm->host];
            answer.vms->push_back(vm_row(host, host.vms[entry.vm->vm]));
        } else {
            answer.warnings.push_back(sentence(absence_error(entry)));
        }
    }
    for (const auto& host : hosts) {
        if (host.error) {
            answer.warnings.push_back(sentence(*host.error));
        }
    }
    answer.message = std::to_string(answer.vms->size()) + " virtual machines on " +
                     std::to_string(hosts.size()) + (hosts.size() == 1 ? " host" : " hosts");
    summarize(answer, false);
    return answer;
}

}  // namespace upshift
