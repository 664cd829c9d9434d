// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "vm_version/observed.hpp"
#include "vm_version/plan.hpp"
#include "vm_version/selection.hpp"

// Answer rows from what was observed and planned.
namespace upshift {

HostRow host_row(const ObservedHost& host);
/// Beside the rows of the hosts.
ClusterRow cluster_row(const ObservedCluster& cluster, const std::vector<HostRow>& hosts);
VmRow vm_row(const ObservedHost& host, ObservedVm vm);

/// The row of a plan that is not carried out: all of check mode, otherwise what is not upgraded.
TargetRow planned_row(const ObservedHost& host, const ObservedVm& vm, const VmPlan& plan);

/// Why there is no VM behind an exact name or id.
ErrorDetail absence_error(const SelectionEntry& absent);

/// The row of an exact name or id that no host has.
TargetRow absent_row(const SelectionEntry& absent, WhenAbsent when_absent);

/// The row of a host whose VMs could not be read, under the host's own name.
TargetRow unreadable_host_row(const std::string& host, const ErrorDetail& error);

}  // namespace upshift
