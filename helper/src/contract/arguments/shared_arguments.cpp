// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/argument_table.hpp"
#include "contract/operations.hpp"

namespace upshift {

const OperationTable& table_of(std::string_view operation) {
    static const std::vector<OperationTable> tables{vm_version_table(), vm_info_table(),
                                                    product_version_table(), product_info_table()};
    for (const auto& table : tables) {
        if (table.operation == operation) {
            return table;
        }
    }
    throw unknown_operation(operation);
}

void append(std::vector<Argument>& arguments, const std::vector<Argument>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
}

Argument simulation_argument() {
    return {.name = "simulation",
            .type = ArgumentType::path,
            .description =
                "A file that describes hosts, VMs, products and packages; they are worked on in place "
                "of real ones, and no host is touched."};
}

Argument stop_on_failure_argument(std::string_view description) {
    return {.name = "stop_on_failure",
            .type = ArgumentType::boolean,
            .description = description,
            .default_text = "false"};
}

std::vector<Argument> endpoint_arguments() {
    return {
        {.name = "endpoint",
         .description = "WS-Management URLs of hosts to work on from here.",
         .list = true,
         .available = false},
        {.name = "username", .description = "Who logs on at the endpoint.", .available = false},
        {.name = "password",
         .description = "The password for it. It is never shown.",
         .available = false,
         .secret = true},
        {.name = "auth",
         .description = "How to log on at the endpoint.",
         .default_text = "negotiate",
         .choices = {{"negotiate"}, {"basic"}, {"certificate"}},
         .available = false},
        {.name = "ca_path",
         .type = ArgumentType::path,
         .description = "Certificates of the authorities that are trusted for the endpoint.",
         .available = false},
        {.name = "client_cert",
         .type = ArgumentType::path,
         .description = "The certificate to log on with.",
         .available = false},
        {.name = "client_key",
         .type = ArgumentType::path,
         .description = "The private key of that certificate.",
         .available = false},
        {.name = "validate_certs",
         .type = ArgumentType::boolean,
         .description = "Whether the endpoint's certificate is checked.",
         .default_text = "true",
         .available = false},
        {.name = "allow_unencrypted",
         .type = ArgumentType::boolean,
         .description = "Whether an endpoint may be spoken to without encryption.",
         .default_text = "false",
         .available = false},
        {.name = "http_proxy", .description = "The proxy on the way to the endpoint.", .available = false},
    };
}

}  // namespace upshift
