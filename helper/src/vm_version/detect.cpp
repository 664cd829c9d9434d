// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/detect.hpp"

#include <algorithm>
#include <unordered_map>

#include "support/guid.hpp"

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

ObservedVm vm_from(const Instance& summary) {
    ObservedVm vm;
    vm.name = summary.text("ElementName");
    vm.id = parse_guid(summary.text("Name")).value_or(summary.text("Name"));
    vm.version_text = summary.text("Version");
    vm.version = parse_configuration_version(vm.version_text);
    vm.state = vm_state_of(summary.number("EnabledState").value_or(0));
    const auto mode = summary.number("ReplicationMode").value_or(0);
    // Modes beyond the known ones would be some other side of a replication: as protected as the last known.
    vm.replication = static_cast<Replication>(std::clamp<std::int64_t>(mode, 0, 4));
    return vm;
}

void read_vms(CimSession& session, ObservedHost& host) {
    // Only named columns: this class has expensive ones, thumbnails among them.
    const auto rows = session.query({"Msvm_SummaryInformation",
                                     {"Name", "ElementName", "EnabledState", "Version", "ReplicationMode"},
                                     {}});
    host.vms.reserve(rows.size());
    std::transform(rows.begin(), rows.end(), std::back_inserter(host.vms), vm_from);
}

void read_saved_checkpoints(CimSession& session, ObservedHost& host) {
    std::unordered_map<std::string, ObservedVm*> by_id;
    for (auto& vm : host.vms) {
        by_id.emplace(vm.id, &vm);
    }
    // Checkpoints are of the same class as the VM's own settings and carry its identifier.
    for (const auto& row : session.query({"Msvm_VirtualSystemSettingData",
                                          {"ElementName", "VirtualSystemIdentifier", "VirtualSystemType"},
                                          {{"IsSaved", true}}})) {
        const auto id = parse_guid(row.text("VirtualSystemIdentifier"));
        const auto vm = id ? by_id.find(*id) : by_id.end();
        if (vm != by_id.end() && row.text("VirtualSystemType").starts_with("Microsoft:Hyper-V:Snapshot:")) {
            vm->second->saved_checkpoints.push_back(row.text("ElementName"));
        }
    }
}

ObservedHost observe_host(cim::CimConnector& connector, const std::string& name) {
    ObservedHost host;
    host.name = name;
    try {
        const auto session = connector.connect(name, hyperv_namespace);
        host.service = probe_service(*session, name);
        VersionReader(*session, host).read();
        host.upgrade_settings_class =
            session->get({"Msvm_VirtualSystemUpgradeSettingData", {}}, {}).has_value();
        read_vms(*session, host);
        read_saved_checkpoints(*session, host);
        host.session = session;
    } catch (const OperationError& error) {
        host.error = error.detail();
        host.vms.clear();
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
