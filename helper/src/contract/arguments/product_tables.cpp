// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/argument_table.hpp"

namespace upshift {

namespace {

constexpr std::int64_t one_day = 86400;

std::vector<Argument> available_package_arguments() {
    return {
        {.name = "path",
         .type = ArgumentType::path,
         .description = "The package: a .msi file, or with engine wmi a patch (.msp), local or UNC.",
         .required = true},
        {.name = "version",
         .type = ArgumentType::product_version,
         .description =
             "The version that the package must provide. Given together with product_code, upgrade_code or "
             "name, and already met by the product that all of these fit, the package is not even opened. A "
             "string: YAML reads 1.10 as 1.1."},
        {.name = "product_code",
         .type = ArgumentType::guid,
         .description = "Which installed product is meant; read from the package if not given."},
        {.name = "upgrade_code",
         .type = ArgumentType::guid,
         .description = "Which family of products is meant; read from the package if not given."},
        {.name = "name",
         .description =
             "The name of the installed product that is meant: * is any text, ? any character, case does not "
             "count. One that fits several products is refused. Where none is installed it must fit the "
             "package's own product."},
        {.name = "properties",
         .type = ArgumentType::property_map,
         .description =
             "Public properties for the installation, shown in the answer. What follows from the plan "
             "(REINSTALL, REMOVE, REBOOT and the like) is refused."},
        {.name = "transforms",
         .type = ArgumentType::transform_path,
         .description =
             "Transforms (.mst files) to apply to the package, in this order, where a product is installed "
             "for the first time or by a major upgrade.",
         .list = true},
        {.name = "log_path",
         .type = ArgumentType::path,
         .description =
             "Where the installer writes its log, in a folder that is there; a new file in the temporary "
             "folder if not given. Not with engine wmi, which writes none."},
    };
}

std::vector<Argument> later_package_arguments() {
    return {
        {.name = "secret_properties",
         .type = ArgumentType::object,
         .description = "Public properties whose values are never shown.",
         .list = true,
         .available = false,
         .secret = true,
         .keys = {{.name = "name", .description = "The property's name.", .required = true},
                  {.name = "value", .description = "Its value.", .required = true, .secret = true}}},
        {.name = "checksum", .description = "What the file must hash to, as sha256:….", .available = false},
        {.name = "signer",
         .description = "Who must have signed the file: a thumbprint or a whole subject.",
         .available = false},
    };
}

std::vector<Argument> package_arguments() {
    std::vector<Argument> arguments = available_package_arguments();
    append(arguments, later_package_arguments());
    return arguments;
}

std::vector<Argument> choice_arguments() {
    return {
        {.name = "engine",
         .description = "What installs: msi.dll in this process (api), a msiexec child, or Win32_Product "
                        "(wmi), which takes "
                        "patches. auto is api.",
         .default_text = "auto",
         .choices = {{"auto"}, {"api"}, {"msiexec", false}, {"wmi"}}},
        {.name = "when_absent",
         .description = "What to do where no version of the product is installed.",
         .default_text = "fail",
         .choices = {{"fail"}, {"skip"}, {"install"}}},
        {.name = "when_newer",
         .description = "What a newer installed version means.",
         .default_text = "unchanged",
         .choices = {{"unchanged"}, {"fail"}}},
        {.name = "when_side_by_side",
         .description = "What to do where the package would stand beside the old product and not replace it.",
         .default_text = "fail",
         .choices = {{"fail"}, {"install"}}},
        {.name = "transaction",
         .type = ArgumentType::boolean,
         .description = "Whether all packages are installed or none.",
         .default_text = "false",
         .available = false},
        {.name = "installer_timeout",
         .type = ArgumentType::integer,
         .description =
             "How long a package waits while another installation holds the installer; 0 is not at all.",
         .default_text = "600",
         .range = IntegerRange{0, one_day, "seconds"}},
        {.name = "timeout",
         .type = ArgumentType::integer,
         .description = "How long to wait for one package.",
         .default_text = "3600",
         .range = IntegerRange{1, one_day, "seconds"}},
        {.name = "restart_manager",
         .type = ArgumentType::boolean,
         .description = "Whether the Restart Manager may close programs that hold files in use; they are "
                        "never closed if false, and a restart may be needed instead.",
         .default_text = "true"},
    };
}

}  // namespace

OperationTable product_version_table() {
    std::vector<Argument> arguments = package_arguments();
    std::vector<std::string_view> exclusive{"packages"};
    for (auto& argument : arguments) {
        argument.required = false;
        exclusive.push_back(argument.name);
    }
    arguments.push_back({.name = "packages",
                         .type = ArgumentType::object,
                         .description =
                             "Several packages, done in this order. Each takes the keys that describe a "
                             "single package at the top.",
                         .list = true,
                         .keys = package_arguments()});
    append(arguments, choice_arguments());
    arguments.push_back(stop_on_failure_argument(
        "Whether no further package is begun once one has failed; the rest is skipped."));
    arguments.push_back(simulation_argument());
    append(arguments, endpoint_arguments());
    return {"msi_product_version", arguments, {"path", "packages"}, {exclusive, {"simulation", "endpoint"}}};
}

OperationTable product_info_table() {
    std::vector<Argument> arguments{
        {.name = "name",
         .description = "Patterns of product names: * is any text, ? any character, case does not count.",
         .list = true},
        {.name = "product_code",
         .type = ArgumentType::guid,
         .description = "Product codes of installed products.",
         .list = true},
        {.name = "upgrade_code",
         .type = ArgumentType::guid,
         .description = "Upgrade codes of installed products.",
         .list = true},
        {.name = "path", .type = ArgumentType::path, .description = "Packages to read.", .list = true},
        simulation_argument(),
    };
    append(arguments, endpoint_arguments());
    return {"msi_product_version_info", arguments, {}, {{"simulation", "endpoint"}}};
}

}  // namespace upshift
