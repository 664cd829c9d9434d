// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/operations.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "support/nearest_name.hpp"
#include "support/utf8.hpp"

namespace upshift {

namespace {

constexpr std::array<Operation, 4> table{{
    {"hyperv_vm_version", "upgrades the configuration version of Hyper-V virtual machines"},
    {"hyperv_vm_version_info", "lists virtual machines with version and state, and what each host supports"},
    {"msi_product_version", "upgrades installed Windows Installer products from packages"},
    {"msi_product_version_info", "lists installed products, and what given packages are"},
}};

// A command line on Linux may hold any bytes.
std::string printable(std::string_view name) {
    return first_invalid_utf8(name) ? "(bytes that are no UTF-8)" : shortened(name, 60);
}

}  // namespace

std::span<const Operation> operations() {
    return table;
}

bool is_operation(std::string_view name) {
    return std::any_of(table.begin(), table.end(),
                       [name](const Operation& operation) { return operation.name == name; });
}

OperationError unknown_operation(std::string_view name) {
    std::vector<std::string_view> names(table.size());
    std::transform(table.begin(), table.end(), names.begin(),
                   [](const Operation& operation) { return operation.name; });
    ErrorDetail detail;
    detail.kind = ErrorKind::invalid_arguments;
    detail.attempted = "run the operation";
    detail.object = printable(name);
    detail.found = "there is no such operation";
    detail.needed = quoted_list(names);
    const auto nearest = nearest_name(name, names);
    if (!nearest.empty()) {
        detail.hint = "Did you mean \"" + std::string(nearest) + "\"?";
    }
    return OperationError(detail);
}

}  // namespace upshift
