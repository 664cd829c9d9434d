// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulation/row_reader.hpp"
#include "support/error.hpp"
#include "support/version.hpp"

// Rows of `hosts` in a simulation file. docs/contract.md, "Simulation file", says what each value means.
namespace upshift::simulation {

enum class Access { granted, denied, no_role };

struct DescribedHost {
    std::string name;
    std::optional<ConfigurationVersion> default_version;  ///< nothing: the host tells none
    std::vector<ConfigurationVersion> supported_versions;
    std::string build;
    bool upgrade_settings_class = false;
    Access access = Access::granted;
    std::string cluster;                       ///< empty: it is in none
    std::optional<ErrorDetail> cluster_error;  ///< what looking for its cluster ends in

    /// Windows Server 2012 R2 (build 9600) and older: there is no UpgradeSystemVersion, and
    /// Msvm_SummaryInformation lacks the columns that build 10240 brought (facts: hyperv, sections 1 and 3).
    bool is_old() const;
};

/// One row of `hosts`.
DescribedHost read_host(RowReader row);

/// The host that a file without `hosts` is about: a Windows Server 2025.
DescribedHost default_host(const std::string& name);

}  // namespace upshift::simulation
