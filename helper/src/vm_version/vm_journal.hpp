// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "machine/journal.hpp"
#include "vm_version/selection.hpp"
#include "vm_version/vm_run.hpp"

namespace upshift {

/// Notes down that a step which cannot be taken back is begun with the VM, unless something is noted of it
/// already. Throws OperationError where it cannot be: then the step must not be begun. `restart` says that
/// the VM runs and is to run again.
void note_down(VmRun& run, const std::string& begun, bool restart);

/// Notes down the VM's upgrade job, which goes on however the run ends. Where it cannot be noted there is a
/// warning: the next run will take it for another client's.
void note_job(VmRun& run, const cim::ObjectPath& job);

/// Whether it is the upgrade job that an earlier run began with this VM.
bool is_job_of_earlier_run(const ObservedVm& vm, const cim::ObjectPath& job);

/// Takes out what is noted of the VM, unless the next run has to start it again (it is off through us or may
/// yet go off, and a restart is wanted: VmRun::is_kept_for_next_run) or to wait for its upgrade job.
void settle_journal(VmRun& run);

/// A VM of this run of which an earlier one that has ended left an entry.
struct LeftBehind {
    SelectedVm place;
    JournalEntry entry;
};

/// What earlier runs left.
struct JournalFindings {
    std::vector<LeftBehind> vms;
    std::vector<JournalEntry> settled;  ///< nothing is left to do about them
    std::vector<std::string> warnings;
};

/// Looks up what earlier runs left, and notes it with the VMs that it is about. Entries of hosts that are not
/// read by this run are passed over. Changes nothing.
JournalFindings find_left_behind(Journal& journal, std::vector<ObservedHost>& hosts);

/// Whether the upgrade job that is noted goes on; also where its host cannot say.
bool job_goes_on(const ObservedHost& host, const JournalEntry& entry);

/// Whether a guest that was asked at that time to shut down may still be about to go off.
bool may_still_go_off(const JournalEntry& entry);

}  // namespace upshift
