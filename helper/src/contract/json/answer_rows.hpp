// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "contract/answer.hpp"

namespace upshift {

// The rows of an answer as JSON objects, fields in the order of docs/contract.md. What is empty is left out,
// but for what identifies the row and the lists and booleans that planning reads.
nlohmann::ordered_json to_json(const ErrorDetail& error);
nlohmann::ordered_json to_json(const TargetRow& row);
nlohmann::ordered_json to_json(const HostRow& row);
nlohmann::ordered_json to_json(const ClusterRow& row);
nlohmann::ordered_json to_json(const ProductRow& row);
nlohmann::ordered_json to_json(const PackageRow& row);
nlohmann::ordered_json to_json(const RunRow& row);
std::string to_text(const VmRow& row);

}  // namespace upshift
