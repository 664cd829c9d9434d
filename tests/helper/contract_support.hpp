// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "contract/json/request.hpp"
#include "support/error.hpp"

namespace upshift::test {

/// The sentence that refuses the text, or "accepted".
inline std::string refusal_of(std::string_view operation, std::string_view text) {
    try {
        (void)parse_request(operation, text, {});
    } catch (const OperationError& error) {
        return error.detail().kind == ErrorKind::invalid_arguments ? error.what() : "another kind of error";
    }
    return "accepted";
}

inline std::string vm_refusal(std::string_view text) {
    return refusal_of("hyperv_vm_version", text);
}

inline std::string product_refusal(std::string_view text) {
    return refusal_of("msi_product_version", text);
}

template <typename Operation>
Operation accepted(std::string_view operation, std::string_view text) {
    return std::get<Operation>(parse_request(operation, text, {}).operation);
}

}  // namespace upshift::test
