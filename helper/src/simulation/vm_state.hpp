// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "simulation/described_vm.hpp"
#include "simulation/state_file.hpp"
#include "simulation/wall_time.hpp"

namespace upshift::simulation {

/// The VMs in the state file: a row for each that a run has changed, by its described host and its id, so
/// that other VMs can come and go in the described file. Rows of VMs that are not described stay. What is
/// under way is kept with the time of day at which it falls due.
class VmState {
  public:
    /// Throws OperationError where the rows are damaged.
    VmState(std::shared_ptr<StateFile> state, WallTime time);

    /// Puts what earlier runs changed, and have under way, into the VMs.
    void apply(std::vector<DescribedVm>& vms) const;
    /// Replaces the rows of these VMs and writes the file. One call at a time.
    void store(const std::vector<DescribedVm>& changed);

  private:
    void put(const std::string& key, std::string row);

    std::shared_ptr<StateFile> state_;
    WallTime time_;
    std::vector<std::string> rows_;  ///< as JSON, which is quicker to put together than to make anew
    std::unordered_map<std::string, std::size_t> row_of_;
};

}  // namespace upshift::simulation
