// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/vm_journal.hpp"

#include <algorithm>
#include <chrono>

#include "cim/job.hpp"

namespace upshift {

namespace {

constexpr const char* operation = "hyperv_vm_version";
constexpr const char* upgrading = "upgrading";

bool runs(const VmRun& run) {
    return run.last_state == VmState::running || run.last_state == VmState::starting;
}

JournalEntry entry_of(const VmRun& run, const std::string& begun, bool restart) {
    return {.operation = operation,
            .host = run.host->name,
            .id = run.vm.id,
            .name = run.vm.name,
            .begun = begun,
            .restart = restart};
}

/// Finds the VMs that entries are about. Used once.
class EntryFinder {
  public:
    explicit EntryFinder(std::vector<ObservedHost>& hosts) : hosts_(hosts) {}

    void find(const JournalEntry& entry) {
        const auto host = std::find_if(hosts_.begin(), hosts_.end(), [&](const ObservedHost& other) {
            return same_host(other.name, entry.host);
        });
        if (host == hosts_.end() || host->error) {
            return;
        }
        if (!entry.restart && entry.begun != upgrading) {
            findings.warnings.push_back("An earlier run ended while it was " + entry.begun + " of \"" +
                                        entry.name + "\" on host \"" + entry.host + "\".");
        }
        const bool is_over = !entry.restart && entry.job.empty();
        if (is_over) {
            findings.settled.push_back(entry);
        } else if (!take(*host, entry) && !take_where_it_moved(*host, entry)) {
            give_up(entry);
        }
    }

    JournalFindings findings;

  private:
    void give_up(const JournalEntry& entry) {
        findings.settled.push_back(entry);
        findings.warnings.push_back(std::string("An earlier run had ") +
                                    (entry.restart ? "shut down" : "begun to upgrade") + " \"" + entry.name +
                                    "\" on host \"" + entry.host +
                                    "\", which no longer has it; it is no longer looked for.");
    }

    bool take(ObservedHost& host, const JournalEntry& entry) {
        const auto vm = std::find_if(host.vms.begin(), host.vms.end(),
                                     [&](const ObservedVm& other) { return other.id == entry.id; });
        if (vm == host.vms.end()) {
            return false;
        }
        vm->noted = entry;
        findings.vms.push_back({{static_cast<std::size_t>(&host - hosts_.data()),
                                 static_cast<std::size_t>(vm - host.vms.begin())},
                                entry});
        return true;
    }

    /// Within a cluster an id means one VM; elsewhere another host's VM of that id is its replica.
    bool take_where_it_moved(const ObservedHost& from, const JournalEntry& entry) {
        return from.cluster && std::any_of(hosts_.begin(), hosts_.end(), [&](ObservedHost& other) {
                   return &other != &from && other.cluster == from.cluster && take(other, entry);
               });
    }

    std::vector<ObservedHost>& hosts_;
};

}  // namespace

void note_down(VmRun& run, const std::string& begun, bool restart) {
    const auto& noted = run.vm.noted;
    const bool is_of_a_job_alone = noted && !noted->restart && noted->begun == upgrading;
    if (noted && !is_of_a_job_alone) {
        return;
    }
    const auto entry = entry_of(run, begun, restart);
    run.context.journal.write(entry);
    run.vm.noted = entry;
}

void note_job(VmRun& run, const cim::ObjectPath& job) {
    const auto id = cim::id_of_job(job);
    auto entry = run.vm.noted.value_or(entry_of(run, upgrading, false));
    if (id.empty() || entry.job == id) {
        return;
    }
    entry.job = id;
    run.vm.noted = entry;
    try {
        run.context.journal.write(entry);
    } catch (const OperationError& error) {
        run.warnings.push_back(sentence(error.detail()));
    }
}

bool is_job_of_earlier_run(const ObservedVm& vm, const cim::ObjectPath& job) {
    return vm.noted && !vm.noted->job.empty() && vm.noted->job == cim::id_of_job(job);
}

void settle_journal(VmRun& run) {
    const bool has_a_job = run.job_under_way || run.job_unknown;
    if (has_a_job && run.upgrade_job) {
        note_job(run, *run.upgrade_job);
    }
    if (!run.vm.noted) {
        return;
    }
    const bool is_owed = run.left_off || (run.went_off && run.request.restart);
    run.is_kept_for_next_run = run.shutdown_asked || (is_owed && !runs(run));
    if (run.is_kept_for_next_run || (has_a_job && !run.vm.noted->job.empty())) {
        return;
    }
    try {
        run.context.journal.take_out(*run.vm.noted);
    } catch (const OperationError& error) {
        run.warnings.push_back(sentence(error.detail()));
    }
}

JournalFindings find_left_behind(Journal& journal, std::vector<ObservedHost>& hosts) {
    auto reading = journal.read(operation);
    EntryFinder finder(hosts);
    finder.findings.warnings = std::move(reading.warnings);
    for (const auto& entry : reading.entries) {
        finder.find(entry);
    }
    return std::move(finder.findings);
}

bool job_goes_on(const ObservedHost& host, const JournalEntry& entry) {
    if (entry.job.empty() || host.session == nullptr) {
        return false;
    }
    try {
        return cim::is_under_way(*host.session, {"Msvm_ConcreteJob", {{"InstanceID", entry.job}}});
    } catch (const OperationError&) {
        return true;
    }
}

bool may_still_go_off(const JournalEntry& entry) {
    // Three times as long as a guest is given by default.
    constexpr std::chrono::minutes longest{15};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return now - std::chrono::seconds(entry.begun_at) < longest;
}

}  // namespace upshift
