// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace upshift::simulation {

/// The CIM namespaces that a described host may have.
enum class CimNamespace {
    virtualization,          ///< root\virtualization\v2
    cluster_virtualization,  ///< root\HyperVCluster\v2
    cluster,                 ///< root\MSCluster
    operating_system,        ///< root\cimv2
};

/// One namespace of one host: where a connection leads.
struct Place {
    std::string host;
    CimNamespace space = CimNamespace::virtualization;
};

/// In either spelling of the separator, without regard to case; nothing for any other name.
std::optional<CimNamespace> cim_namespace_named(std::string_view name);

/// ASCII letters are compared without regard to case, as CIM compares names and WQL compares texts.
bool same_text(std::string_view one, std::string_view other);
/// The same for all texts that are the same_text.
std::string folded(std::string_view text);

}  // namespace upshift::simulation
