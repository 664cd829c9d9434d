// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/build_request.hpp"

#include "contract/arguments/argument_table.hpp"
#include "contract/arguments/check_arguments.hpp"
#include "contract/arguments/check_value.hpp"
#include "contract/arguments/refusal.hpp"
#include "contract/operations.hpp"
#include "support/guid.hpp"

namespace upshift {

namespace {

WhenObstructed when_obstructed(const CheckedArguments& arguments, std::string_view name) {
    const std::string choice = arguments.text(name);
    if (choice == "fail") {
        return WhenObstructed::fail;
    }
    return choice == "skip" ? WhenObstructed::skip : WhenObstructed::act;
}

WhenAbsent when_absent(const CheckedArguments& arguments) {
    const std::string choice = arguments.text("when_absent");
    if (choice == "fail") {
        return WhenAbsent::fail;
    }
    return choice == "skip" ? WhenAbsent::skip : WhenAbsent::install;
}

Engine engine(const CheckedArguments& arguments) {
    const std::string choice = arguments.text("engine");
    if (choice == "wmi") {
        return Engine::wmi;
    }
    return choice == "api" ? Engine::api : Engine::automatic;
}

std::chrono::seconds seconds(const CheckedArguments& arguments, std::string_view name) {
    return std::chrono::seconds(arguments.number(name));
}

// Windows Installer spells GUIDs in braces.
std::string installer_guid(const std::string& guid) {
    return guid.empty() ? "" : braced(guid);
}

std::vector<std::string> installer_guids(std::vector<std::string> guids) {
    for (auto& guid : guids) {
        guid = installer_guid(guid);
    }
    return guids;
}

VmSelection selection(const CheckedArguments& arguments) {
    return {arguments.texts("name"), arguments.texts("id"), arguments.texts("exclude")};
}

VmVersionRequest vm_version_request(const CheckedArguments& arguments) {
    VmVersionRequest request;
    request.selection = selection(arguments);
    request.when_absent = when_absent(arguments);
    request.version = parse_configuration_version(arguments.text("version"));
    request.when_running = when_obstructed(arguments, "when_running");
    request.when_saved = when_obstructed(arguments, "when_saved");
    request.when_checkpoint_saved = when_obstructed(arguments, "when_checkpoint_saved");
    request.shutdown_timeout = seconds(arguments, "shutdown_timeout");
    request.force_off = arguments.flag("force_off");
    request.restart = arguments.flag("restart");
    request.replica_allowed = arguments.text("replica") == "allow";
    request.cluster = arguments.flag("cluster");
    request.parallel = static_cast<std::size_t>(arguments.number("parallel"));
    request.timeout = seconds(arguments, "timeout");
    request.stop_on_failure = arguments.flag("stop_on_failure");
    request.simulation = arguments.text("simulation");
    return request;
}

VmInfoRequest vm_info_request(const CheckedArguments& arguments) {
    return {selection(arguments), arguments.flag("cluster"), arguments.text("simulation")};
}

PackageRequest package_request(const CheckedArguments& arguments) {
    return {.path = arguments.text("path"),
            .version = arguments.text("version"),
            .product_code = installer_guid(arguments.text("product_code")),
            .upgrade_code = installer_guid(arguments.text("upgrade_code")),
            .name = arguments.text("name"),
            .properties = arguments.map("properties"),
            .transforms = arguments.texts("transforms"),
            .log_path = arguments.text("log_path")};
}

/// The methods of Win32_Product take no path for a log (facts: windows-installer, section 1).
void refuse_logs_of_wmi(const ProductVersionRequest& request) {
    for (const auto& package : request.packages) {
        if (request.engine == Engine::wmi && !package.log_path.empty()) {
            throw refused_argument("log_path", "engine is wmi, and Win32_Product writes no log",
                                   "another engine, or no log_path");
        }
    }
}

ProductVersionRequest product_version_request(const CheckedArguments& arguments) {
    ProductVersionRequest request;
    if (arguments.has("path")) {
        request.packages.push_back(package_request(arguments));
    }
    for (const auto& package : arguments.sets("packages")) {
        request.packages.push_back(package_request(package));
    }
    request.engine = engine(arguments);
    refuse_logs_of_wmi(request);
    request.when_absent = when_absent(arguments);
    request.when_newer = arguments.text("when_newer") == "fail" ? WhenNewer::fail : WhenNewer::unchanged;
    request.when_side_by_side =
        arguments.text("when_side_by_side") == "install" ? WhenSideBySide::install : WhenSideBySide::fail;
    request.restart_manager = arguments.flag("restart_manager");
    request.installer_timeout = seconds(arguments, "installer_timeout");
    request.timeout = seconds(arguments, "timeout");
    request.stop_on_failure = arguments.flag("stop_on_failure");
    request.simulation = arguments.text("simulation");
    return request;
}

ProductInfoRequest product_info_request(const CheckedArguments& arguments) {
    return {arguments.texts("name"), installer_guids(arguments.texts("product_code")),
            installer_guids(arguments.texts("upgrade_code")), arguments.texts("path"),
            arguments.text("simulation")};
}

/// What Ansible passes along beside the module's own arguments.
bool ansible_flag(const InputObject& given, std::string_view name) {
    const Argument argument{.name = name, .type = ArgumentType::boolean};
    for (const auto& [key, value] : given) {
        if (key == name && !value.is_null()) {
            return check_boolean(argument, value, key);
        }
    }
    return false;
}

}  // namespace

Request build_request(std::string_view operation, const InputObject& given, const AnswerOptions& switches) {
    Request request;
    request.options.check_mode = ansible_flag(given, "_ansible_check_mode") || switches.check_mode;
    request.options.diff = ansible_flag(given, "_ansible_diff") || switches.diff;
    const auto arguments = check_arguments(table_of(operation), given);
    if (operation == "hyperv_vm_version") {
        request.operation = vm_version_request(arguments);
    } else if (operation == "hyperv_vm_version_info") {
        request.operation = vm_info_request(arguments);
    } else if (operation == "msi_product_version") {
        request.operation = product_version_request(arguments);
    } else {
        request.operation = product_info_request(arguments);
    }
    return request;
}

}  // namespace upshift
