// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The CIM namespaces that VMs are read and upgraded through.
namespace upshift::namespaces {

constexpr const char* virtualization = R"(root\virtualization\v2)";
/// Has the VMs of every node, but no capabilities and no shutdown component ("ClusHyperV").
constexpr const char* cluster_virtualization = R"(root\HyperVCluster\v2)";
/// Exists only where failover clustering is installed.
constexpr const char* cluster = R"(root\MSCluster)";
constexpr const char* operating_system = R"(root\cimv2)";

}  // namespace upshift::namespaces
