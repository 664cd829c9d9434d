// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "memory_journal.hpp"
#include "simulation/cim_model.hpp"
#include "simulation/simulated_session.hpp"
#include "virtual_clock.hpp"
#include "vm_version/vm_version.hpp"

// Described hosts in memory, and runs over them.
namespace upshift::test {

inline simulation::DescribedVm described_vm(std::string name, std::string version = "8.0",
                                            std::string state = "off") {
    simulation::DescribedVm vm;
    vm.id = simulation::derived_guid("hv1", name, 0);
    vm.name = std::move(name);
    vm.host = "hv1";
    vm.version = std::move(version);
    vm.state = std::move(state);
    vm.replication = "none";
    vm.heartbeat = "ok";
    return vm;
}

inline simulation::DescribedHost described_host(std::string name = "hv1") {
    return {.name = std::move(name),
            .default_version = ConfigurationVersion{10, 0},
            .supported_versions = {{8, 0}, {9, 0}, {10, 0}},
            .build = "",
            .upgrade_settings_class = true,
            .access = simulation::Access::granted};
}

class NoProgress : public ProgressSink {
  public:
    void report(const ProgressEvent& event) override {
        const std::lock_guard lock(mutex_);
        events.push_back(event);
        if (on_event) {
            on_event(event);
        }
    }
    std::vector<ProgressEvent> events;
    std::function<void(const ProgressEvent&)> on_event;

  private:
    std::mutex mutex_;
};

/// A described host with a clock of its own, kept between runs.
class World {
  public:
    explicit World(std::vector<simulation::DescribedVm> vms, std::size_t threads = 1)
        : World({described_host()}, std::move(vms), threads) {}

    World(std::vector<simulation::DescribedHost> hosts, std::vector<simulation::DescribedVm> vms,
          std::size_t threads = 1)
        : World(simulation::Description{std::move(hosts), std::move(vms)}, threads) {}

    explicit World(simulation::Description description, std::size_t threads = 1)
        : clock(threads),
          model(std::make_shared<simulation::CimModel>(
              std::move(description), clock,
              [this](const std::vector<simulation::DescribedVm>& changed) { store(changed); })) {}

    Answer upgrade(VmVersionRequest request, bool check_mode = false) {
        simulation::SimulatedConnector connector(model);
        return upgrade_over(connector, std::move(request), check_mode);
    }

    Answer upgrade_over(cim::CimConnector& connector, VmVersionRequest request, bool check_mode = false) {
        if (request.selection.names.empty() && request.selection.ids.empty()) {
            request.selection.names = {"*"};
        }
        return upgrade_vms(request, {.check_mode = check_mode, .diff = false}, connector,
                           RunContext{clock, progress, stop.get_token(), journal});
    }

    Answer list(const VmSelection& selection = {}, bool cluster = false) {
        simulation::SimulatedConnector connector(model);
        return list_over(connector, selection, cluster);
    }

    Answer list_over(cim::CimConnector& connector, const VmSelection& selection = {}, bool cluster = false) {
        return list_vms({.selection = selection, .cluster = cluster, .simulation = "described.json"},
                        connector, RunContext{clock, progress, stop.get_token(), journal});
    }

    void store(const std::vector<simulation::DescribedVm>& changed) {
        for (const auto& vm : changed) {
            const auto known = std::find_if(
                stored.begin(), stored.end(),
                [&](const simulation::DescribedVm& row) { return row.id == vm.id && row.host == vm.host; });
            if (known == stored.end()) {
                stored.push_back(vm);
            } else {
                *known = vm;
            }
        }
    }

    VirtualClock clock;
    NoProgress progress;
    MemoryJournal journal;
    std::stop_source stop;
    std::vector<simulation::DescribedVm> stored;  ///< as the state file would hold it
    std::shared_ptr<simulation::CimModel> model;
};

inline VmVersionRequest shutting_down() {
    VmVersionRequest request;
    request.when_running = WhenObstructed::act;
    return request;
}

}  // namespace upshift::test
