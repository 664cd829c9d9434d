// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cim/cim_session.hpp"
#include "simulation/model_objects.hpp"
#include "simulation/simulation_file.hpp"
#include "support/run_context.hpp"

namespace upshift::simulation {

/// What WMI answers in place of a result: a WBEM code such as 0x80041010.
class CimFault : public std::exception {
  public:
    explicit CimFault(std::uint32_t code) : code_(code) {}
    std::uint32_t code() const noexcept { return code_; }
    const char* what() const noexcept override { return "a fault of the described host"; }

  private:
    std::uint32_t code_;
};

/// The described hosts as their CIM servers would answer for them: classes, instances, associations, methods
/// and jobs of root\virtualization\v2. Each translator (the simulated session, a WMI provider, a
/// WS-Management endpoint) asks it and adds nothing. Time passes by the clock; nothing blocks. Safe from
/// several threads. Every method throws CimFault.
class CimModel {
  public:
    /// Given the VMs that differ from their description, after each change and before anybody can see it.
    using Store = std::function<void(const std::vector<DescribedVm>&)>;

    /// Without a store nothing can be changed: methods that would are denied.
    CimModel(Description description, Clock& clock, Store store);

    std::vector<std::string> hosts() const;
    /// WBEM_E_INVALID_NAMESPACE where the host does not have it, as one without the Hyper-V role.
    void connect(const std::string& host, const std::string& cim_namespace) const;

    /// As CimSession has them, for one host.
    std::vector<cim::Instance> query(const std::string& host, const cim::Query& query);
    std::optional<cim::Instance> get(const std::string& host, const cim::ObjectPath& path,
                                     const std::vector<std::string>& columns);
    std::vector<cim::Instance> references(const std::string& host, const cim::ObjectPath& object,
                                          const std::string& association_class,
                                          const std::vector<std::string>& columns);
    cim::MethodResult invoke(const std::string& host, const cim::ObjectPath& object,
                             const std::string& method, const cim::NamedValues& parameters);

  private:
    const ModelHost& host_named(const std::string& name) const;
    ModelVm* vm_with_id(const ModelHost& host, const std::string& id);
    void visit(const ModelHost& host, const std::string& class_name, const Visitor& visitor) const;
    std::optional<cim::Instance> get_by_key(const ModelHost& host, const cim::ObjectPath& path,
                                            const std::vector<std::string>& columns);

    cim::MethodResult dispatch(const ModelHost& host, const cim::ObjectPath& object,
                               const std::string& method, const cim::NamedValues& parameters);
    cim::MethodResult upgrade_system_version(const ModelHost& host, const cim::NamedValues& parameters);
    cim::MethodResult request_state_change(ModelVm& vm, const cim::NamedValues& parameters);
    cim::MethodResult initiate_shutdown(ModelVm& vm, const cim::NamedValues& parameters);
    cim::MethodResult start_job(ModelVm& vm, ModelJob job);

    /// Carries out what has fallen due.
    void settle();
    void finish(ModelJob& job);
    void set_state(ModelVm& vm, const std::string& state);
    void mark_changed(ModelVm& vm);
    /// Hands every change up to that one to the store, unless another thread has done so.
    void commit(std::uint64_t change);

    Clock& clock_;
    Store store_;
    mutable std::mutex mutex_;
    std::vector<ModelHost> hosts_;
    std::vector<ModelVm> vms_;
    std::unordered_map<std::string, ModelJob> jobs_;  ///< by InstanceID
    std::vector<std::string> running_jobs_;
    std::vector<std::size_t> shutting_down_;  ///< indices of VMs
    std::uint64_t changes_ = 0;
    std::mutex commit_mutex_;
    std::atomic<std::uint64_t> stored_changes_ = 0;
};

}  // namespace upshift::simulation
