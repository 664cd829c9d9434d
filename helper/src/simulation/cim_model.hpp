// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "simulation/model_products.hpp"
#include "simulation/model_time.hpp"
#include "simulation/model_world.hpp"
#include "support/run_context.hpp"

namespace upshift::simulation {

/// The described hosts as their CIM servers would answer for them: classes, instances, associations, methods
/// and jobs of each namespace. Each translator (the simulated session, a WMI provider, a WS-Management
/// endpoint) asks it and adds nothing. Time passes by the clock; nothing blocks but the
/// methods of Win32_Product. Safe from several threads.
/// Every method throws CimFault.
class CimModel {
  public:
    /// Given the VMs that have changed since the last call, before anybody can see that. One call at a time.
    using Store = std::function<void(const std::vector<DescribedVm>&)>;

    /// Without a store nothing can be changed: methods that would are denied. Without products root\cimv2 has
    /// no Win32_Product.
    CimModel(Description description, Clock& clock, Store store,
             std::shared_ptr<ModelProducts> products = nullptr);

    /// Those that can be connected to, in the order described.
    std::vector<std::string> hosts() const { return world_.hosts(); }
    /// Where a connection to that namespace of that host leads. WBEM_E_INVALID_NAMESPACE where the host does
    /// not have it: one without the Hyper-V role, or one that is in no cluster. The host "." is the computer
    /// with the described products, of which root\cimv2 shows Win32_Product alone.
    Place connect(const std::string& host, const std::string& cim_namespace) const;

    /// As CimSession has them, for one connection. Win32_Product cannot be queried: a real one checks and
    /// repairs every product then.
    std::vector<cim::Instance> query(const Place& place, const cim::Query& query);
    std::optional<cim::Instance> get(const Place& place, const cim::ObjectPath& path,
                                     const std::vector<std::string>& columns);
    std::vector<cim::Instance> references(const Place& place, const cim::ObjectPath& object,
                                          const std::string& association_class,
                                          const std::vector<std::string>& columns);
    cim::MethodResult invoke(const Place& place, const cim::ObjectPath& object, const std::string& method,
                             const cim::NamedValues& parameters);

  private:
    bool is_of_products(const Place& place, const std::string& class_name) const;
    /// Looks at (or changes) the world as it stands now, and gives the result once every change is stored.
    template <typename Use>
    auto use_world(const Place& place, const Use& use);
    /// Hands every change up to that one to the store, unless another thread has done so.
    void commit(std::uint64_t change);

    Store store_;
    std::shared_ptr<ModelProducts> products_;
    mutable std::mutex mutex_;
    ModelWorld world_;
    ModelTime time_;
    std::mutex commit_mutex_;
    std::atomic<std::uint64_t> stored_changes_ = 0;
};

}  // namespace upshift::simulation
