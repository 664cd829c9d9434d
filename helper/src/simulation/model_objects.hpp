// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cim/cim_session.hpp"
#include "simulation/described_host.hpp"
#include "support/run_context.hpp"

// The objects of the CIM model and how they look as instances of Hyper-V's classes. Property names, types and
// keys are those of root\virtualization\v2 (Msvm_* class pages of the Hyper-V WMI provider (V2)
// documentation).
namespace upshift::simulation {

struct ModelVm {
    DescribedVm row;
    std::size_t index = 0;
    std::optional<Clock::TimePoint> goes_off_at;  ///< the guest is shutting down
    std::string running_job;                      ///< InstanceID; empty is none
};

struct ModelHost {
    DescribedHost row;
    std::vector<std::size_t> vms;                        ///< indices, in the order described
    std::unordered_map<std::string, std::size_t> by_id;  ///< upper case
};

/// A job, and what it does when it ends well: a new version or a new state, where not empty.
struct ModelJob {
    std::string id;
    std::string title;
    std::size_t vm = 0;
    std::string new_version;
    std::string new_state;
    Clock::TimePoint begun;
    Clock::TimePoint due;
    std::optional<std::int64_t> polls_left;
    std::int64_t polls = 0;
    std::int64_t end_state = 7;
    std::int64_t error_code = 0;
    std::string error_description;
    std::int64_t percent = 0;
    bool ended = false;
};

/// One object as CIM sees it. `property` gives nothing for a name that its class does not have.
struct CimObject {
    cim::ObjectPath path;
    std::function<std::optional<cim::Value>(std::string_view)> property;
};
using Visitor = std::function<void(const CimObject&)>;

CimObject service_object(const ModelHost& host);
CimObject capabilities_object(const ModelHost& host);
CimObject host_system_object(const ModelHost& host);
CimObject vm_system_object(const ModelVm& vm);
CimObject summary_object(const ModelVm& vm);
CimObject realized_settings_object(const ModelVm& vm);
CimObject checkpoint_settings_object(const ModelVm& vm, std::size_t checkpoint);
CimObject shutdown_component_object(const ModelVm& vm);
CimObject job_object(const ModelJob& job);
/// The service has these capabilities.
CimObject element_capabilities_object(const ModelHost& host);
/// Every association of the capabilities with a settings definition: the default, each supported version, and
/// one definition without a version, as a real host has for secure-boot templates.
std::vector<CimObject> define_capabilities_objects(const ModelHost& host);
/// The definitions those associations lead to.
std::vector<CimObject> definition_objects(const ModelHost& host);

/// Whether the guest can be asked to shut down now: the component exists only while the VM runs.
bool has_shutdown_component(const ModelVm& vm);

/// The key of that name, without regard to case; empty where there is none.
std::string key_of(const cim::ObjectPath& path, std::string_view name);
bool same_text(std::string_view one, std::string_view other);

}  // namespace upshift::simulation
