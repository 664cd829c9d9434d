// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/described_host.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "simulation/error_row.hpp"

namespace upshift::simulation {

namespace {

/// Release versions that hosts since Windows Server 2022 may support ("Upgrade virtual machine version in
/// Hyper-V", table; 10.5, 11.1 and 11.2 from Get-VMHostSupportedVersion on Server 2025).
constexpr std::array<ConfigurationVersion, 14> release_versions{{{8, 0},
                                                                 {8, 1},
                                                                 {8, 2},
                                                                 {8, 3},
                                                                 {9, 0},
                                                                 {9, 1},
                                                                 {9, 2},
                                                                 {9, 3},
                                                                 {10, 0},
                                                                 {10, 5},
                                                                 {11, 0},
                                                                 {11, 1},
                                                                 {11, 2},
                                                                 {12, 0}}};

/// A version can be chosen from Windows Server 2022 on, whose default is 10.0: that build brought the class
/// Msvm_VirtualSystemUpgradeSettingData.
constexpr ConfigurationVersion first_default_with_choice{10, 0};

std::vector<ConfigurationVersion> versions_up_to(ConfigurationVersion default_version) {
    std::vector<ConfigurationVersion> versions;
    std::copy_if(release_versions.begin(), release_versions.end(), std::back_inserter(versions),
                 [&](ConfigurationVersion version) { return version < default_version; });
    versions.push_back(default_version);
    return versions;
}

ConfigurationVersion read_version(const RowReader& row, std::string_view key, const std::string& text) {
    const auto version = parse_configuration_version(text);
    if (!version) {
        row.refuse(key, "the text \"" + text + "\"", "a version such as \"10.0\"");
    }
    return *version;
}

Access read_access(RowReader& row) {
    const std::string access = row.choice("access", {"granted", "denied", "no_role"});
    if (access == "granted") {
        return Access::granted;
    }
    return access == "denied" ? Access::denied : Access::no_role;
}

std::optional<ErrorDetail> read_cluster_error(RowReader& row) {
    const auto error = row.object("cluster_error");
    if (!error) {
        return std::nullopt;
    }
    auto detail = read_error(*error,
                             {"access_denied", "authentication", "connection", "not_supported", "not_found",
                              "busy", "timeout", "cancelled", "failed"},
                             "read root\\MSCluster of");
    if (detail.found.empty()) {
        error->refuse("found", "not given", "what stood in the way, as answers tell it");
    }
    return detail;
}

}  // namespace

DescribedHost read_host(RowReader row) {
    DescribedHost host;
    host.name = row.required_text("name");
    host.access = read_access(row);
    // A host that gives no access tells no version either.
    const std::string version = host.access == Access::granted ? row.given_text("default_version")
                                                               : row.text_or("default_version", "");
    if (!version.empty()) {
        host.default_version = read_version(row, "default_version", version);
    }
    for (const auto& supported : row.texts("supported_versions")) {
        host.supported_versions.push_back(read_version(row, "supported_versions", supported));
    }
    if (!row.has("supported_versions") && host.default_version) {
        host.supported_versions = versions_up_to(*host.default_version);
    }
    host.build = row.text_or("build", "");
    host.cluster = row.text_or("cluster", "");
    host.cluster_error = read_cluster_error(row);
    host.upgrade_settings_class =
        row.boolean("upgrade_settings_class").value_or(host.default_version >= first_default_with_choice);
    row.finish();
    return host;
}

bool DescribedHost::is_old() const {
    constexpr int first_with_the_method = 10240;
    int number = first_with_the_method;
    (void)std::from_chars(build.data(), build.data() + build.size(), number);
    return number < first_with_the_method;
}

DescribedHost default_host(const std::string& name) {
    constexpr ConfigurationVersion server_2025{12, 0};
    return {.name = name,
            .default_version = server_2025,
            .supported_versions = versions_up_to(server_2025),
            .build = "26100",
            .upgrade_settings_class = true};
}

}  // namespace upshift::simulation
