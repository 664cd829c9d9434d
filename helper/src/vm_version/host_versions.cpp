// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/host_versions.hpp"

#include <algorithm>

#include "support/error.hpp"

namespace upshift {

namespace {

using cim::CimSession;
using cim::Instance;
using cim::ObjectPath;

const ObjectPath* reference_in(const Instance& association, std::string_view name) {
    const auto* value = association.find(name);
    return value == nullptr ? nullptr : std::get_if<ObjectPath>(value);
}

/// Follows the associations of "Msvm_SettingsDefineCapabilities class". Used once.
class VersionReader {
  public:
    explicit VersionReader(CimSession& session) : session_(session) {}

    HostVersions read(const ObjectPath& service) {
        for (const auto& link : session_.references(service, "Msvm_ElementCapabilities", {"Capabilities"})) {
            const auto* capabilities = reference_in(link, "Capabilities");
            if (capabilities != nullptr &&
                capabilities->class_name == "Msvm_VirtualSystemManagementCapabilities") {
                read_definitions(*capabilities);
            }
        }
        auto& versions = versions_.supported;
        std::sort(versions.begin(), versions.end());
        versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
        return std::move(versions_);
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
                versions_.default_version = version;
            } else if (version) {
                versions_.supported.push_back(*version);
            }
        }
    }

    /// Nothing for the definitions of other things, such as secure-boot templates.
    std::optional<ConfigurationVersion> version_of(const ObjectPath& definition) {
        const auto settings = session_.get(definition, {"Version"});
        return settings ? parse_configuration_version(settings->text("Version")) : std::nullopt;
    }

    CimSession& session_;
    HostVersions versions_;
};

}  // namespace

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

HostVersions read_versions(CimSession& session, const ObjectPath& service) {
    return VersionReader(session).read(service);
}

}  // namespace upshift
