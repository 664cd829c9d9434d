// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "described.hpp"

// Described clusters in memory.
namespace upshift::test {

inline simulation::DescribedVm clustered_vm(const std::string& name, const std::string& host,
                                            const std::string& state = "off") {
    auto vm = described_vm(name, "8.0", state);
    vm.host = host;
    vm.clustered = true;
    return vm;
}

/// Two hosts of one build in cluster c1, whose level is the highest; to be varied.
struct ClusterWorld {
    std::vector<simulation::DescribedHost> hosts{node("hv1"), node("hv2")};
    std::vector<std::string> nodes{"hv1", "hv2"};  ///< those without a host cannot be connected to
    std::int64_t level = 12;

    static simulation::DescribedHost node(const std::string& name) {
        auto host = described_host(name);
        host.build = "20348";
        host.cluster = "c1";
        return host;
    }

    World with(std::vector<simulation::DescribedVm> vms) const {
        simulation::Description description;
        description.hosts = hosts;
        description.vms = std::move(vms);
        description.clusters = {{"c1", level, nodes, {}}};
        return World(std::move(description));
    }
};

}  // namespace upshift::test
