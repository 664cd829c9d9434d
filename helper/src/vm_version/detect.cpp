// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/detect.hpp"

#include <algorithm>

#include "vm_version/vm_inventory.hpp"

namespace upshift {

namespace {

using cim::CimSession;
using cim::Instance;
using cim::ObjectPath;

constexpr const char* hyperv_namespace = R"(root\virtualization\v2)";

/// A caller without the right gets empty results in place of an error, so the management service is asked for
/// first: it is there on every Hyper-V host.
ObjectPath probe_service(CimSession& session, const std::string& host) {
    const auto services = session.query({"Msvm_VirtualSystemManagementService", {"Name"}, {}});
    if (services.empty()) {
        throw OperationError(
            {.kind = ErrorKind::access_denied,
             .attempted = "read the virtual machines of",
             .object = host,
             .found = "Hyper-V shows this user nothing, not even its management service",
             .needed = "the right to manage Hyper-V",
             .hint = "Use an elevated administrator, or a member of Hyper-V Administrators."});
    }
    return services.front().path;
}

const ObjectPath* reference_in(const Instance& association, std::string_view name) {
    const auto* value = association.find(name);
    return value == nullptr ? nullptr : std::get_if<ObjectPath>(value);
}

/// Reads the versions a host offers by way of its capabilities ("Msvm_SettingsDefineCapabilities class").
class VersionReader {
  public:
    VersionReader(CimSession& session, ObservedHost& host) : session_(session), host_(host) {}

    void read() {
        for (const auto& link :
             session_.references(host_.service, "Msvm_ElementCapabilities", {"Capabilities"})) {
            const auto* capabilities = reference_in(link, "Capabilities");
            if (capabilities != nullptr &&
                capabilities->class_name == "Msvm_VirtualSystemManagementCapabilities") {
                read_definitions(*capabilities);
            }
        }
        auto& versions = host_.supported_versions;
        std::sort(versions.begin(), versions.end());
        versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
    }

  private:
    void read_definitions(const ObjectPath& capabilities) {
        constexpr std::int64_t range_is_a_point = 0;
        constexpr std::int64_t role_default = 0;
        constexpr std::int64_t role_supported = 3;
        for (const auto& link : session_.references(capabilities, "Msvm_SettingsDefineCapabilities",
                                                    {"PartComponent", "ValueRole", "ValueRange"})) {
            const auto* definition = reference_in(link, "PartComponent");
            const auto role = link.number("ValueRole");
            if (definition == nullptr || link.number("ValueRange") != range_is_a_point ||
                (role != role_default && role != role_supported)) {
                continue;
            }
            const auto version = version_of(*definition);
            if (version && role == role_default) {
                host_.default_version = version;
            } else if (version) {
                host_.supported_versions.push_back(*version);
            }
        }
    }

    /// Nothing for the definitions of other things, such as secure-boot templates.
    std::optional<ConfigurationVersion> version_of(const ObjectPath& definition) {
        const auto settings = session_.get(definition, {"Version"});
        return settings ? parse_configuration_version(settings->text("Version")) : std::nullopt;
    }

    CimSession& session_;
    ObservedHost& host_;
};

ObservedHost observe_host(cim::CimConnector& connector, const std::string& name) {
    ObservedHost host;
    host.name = name;
    try {
        const auto session = connector.connect(name, hyperv_namespace);
        host.service = probe_service(*session, name);
        VersionReader(*session, host).read();
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
    for (const auto& name : connector.hosts()) {
        hosts.push_back(observe_host(connector, name));
    }
    return hosts;
}

}  // namespace upshift
