// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/detect.hpp"

#include "vm_version/cluster_detect.hpp"
#include "vm_version/host_versions.hpp"
#include "vm_version/namespaces.hpp"
#include "vm_version/vm_inventory.hpp"

namespace upshift {

namespace {

/// Empty where this user may manage Hyper-V but not read about Windows.
std::string read_build(cim::CimConnector& connector, const std::string& host) {
    try {
        const auto session = connector.connect(host, namespaces::operating_system);
        const auto systems = session->query({"Win32_OperatingSystem", {"BuildNumber"}, {}});
        return systems.empty() ? "" : systems.front().text("BuildNumber");
    } catch (const OperationError& error) {
        const auto kind = error.detail().kind;
        if (kind != ErrorKind::access_denied && kind != ErrorKind::not_supported) {
            throw;
        }
        return "";
    }
}

ObservedHost observe_host(cim::CimConnector& connector, const std::string& name) {
    ObservedHost host;
    host.name = name;
    try {
        const auto session = connector.connect(name, namespaces::virtualization);
        host.service = probe_service(*session, name);
        host.build = read_build(connector, name);
        auto versions = read_versions(*session, host.service);
        host.default_version = versions.default_version;
        host.supported_versions = std::move(versions.supported);
        host.upgrade_settings_class =
            session->get({"Msvm_VirtualSystemUpgradeSettingData", {}}, {}).has_value();
        host.session = session;
        host.vms = read_vms(host);
    } catch (const OperationError& error) {
        host.error = error.detail();
        host.session = nullptr;
    }
    return host;
}

}  // namespace

std::vector<ObservedHost> observe_hosts(cim::CimConnector& connector) {
    std::vector<ObservedHost> hosts;
    ClusterDetection clusters(connector);
    for (const auto& name : connector.hosts()) {
        hosts.push_back(observe_host(connector, name));
        if (!hosts.back().error) {
            clusters.observe(hosts.back());
        }
    }
    return hosts;
}

}  // namespace upshift
