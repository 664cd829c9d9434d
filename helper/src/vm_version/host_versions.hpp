// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "support/version.hpp"

namespace upshift {

/// The versions that a host offers.
struct HostVersions {
    std::optional<ConfigurationVersion> default_version;
    std::vector<ConfigurationVersion> supported;  ///< ascending
};

/// The host's Msvm_VirtualSystemManagementService. A caller without the right gets empty results in place of
/// an error, so it is asked for before anything else: it is there on every Hyper-V host. Throws
/// OperationError, access_denied, where it is not shown.
cim::ObjectPath probe_service(cim::CimSession& session, const std::string& host);

/// Reads them by way of the host's capabilities. Throws what CimSession throws.
HostVersions read_versions(cim::CimSession& session, const cim::ObjectPath& service);

}  // namespace upshift
