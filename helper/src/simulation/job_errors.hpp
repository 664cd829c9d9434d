// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The errors of a job as Hyper-V hands them on: texts of CIM-XML, one instance of Msvm_Error each
// ("GetErrorEx method of the Msvm_ConcreteJob class", "FormatError method of the
// Msvm_VirtualSystemManagementService class").
namespace upshift::simulation {

std::string error_instance(const std::string& message, std::int64_t code);

/// The messages of such instances, a line each; nothing where one of the texts is none.
std::optional<std::string> formatted_errors(const std::vector<std::string>& instances);

}  // namespace upshift::simulation
