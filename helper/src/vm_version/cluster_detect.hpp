// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cim/cim_session.hpp"
#include "vm_version/observed.hpp"

namespace upshift {

/// Looks up which hosts are in which cluster, and which of their VMs are clustered. A cluster is read once,
/// through the first of its nodes.
class ClusterDetection {
  public:
    explicit ClusterDetection(cim::CimConnector& connector) : connector_(connector) {}

    /// Sets cluster or cluster_error of the host, and what its VMs have to do with the cluster.
    void observe(ObservedHost& host);

  private:
    struct KnownCluster {
        std::shared_ptr<ObservedCluster> cluster;
        std::unordered_map<std::string, std::vector<std::string>> owners;  ///< possible ones, by VM's id
    };

    /// Nothing where the namespace is there and no cluster behind it.
    const KnownCluster* cluster_behind(const std::shared_ptr<cim::CimSession>& session);

    cim::CimConnector& connector_;
    std::list<KnownCluster> known_;
};

/// The node that owns a clustered VM now; empty where the cluster does not know it or cannot be asked.
std::string owner_of(const ObservedCluster& cluster, const std::string& vm_id);

}  // namespace upshift
