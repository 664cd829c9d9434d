// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/wmi_install_errors.hpp"

#include "support/error.hpp"

namespace upshift {

namespace {

constexpr std::uint32_t patch_invalid = 1636;
constexpr std::uint32_t not_found = 0x80041002;
constexpr std::uint32_t provider_failure = 0x80041004;
constexpr std::uint32_t invalid_namespace = 0x8004100E;
constexpr std::uint32_t load_failure = 0x80041013;

constexpr const char* without_provider = "The engine api needs no provider.";

/// What the code means here; the table of WMI's codes speaks of Hyper-V where both can be meant.
void explain_for_products(ErrorDetail& detail, const cim::CimError& error) {
    if (detail.kind == ErrorKind::access_denied) {
        detail.hint = "Run the helper as an administrator, elevated.";
        return;
    }
    if (error.code() == provider_failure || error.code() == load_failure) {
        detail.found = error.code() == load_failure ? "the provider of Win32_Product could not be loaded"
                                                    : "the provider of Win32_Product failed";
        detail.hint = std::string("Look at WMI-Activity/Operational in the event log. ") + without_provider;
    } else if (error.code() == invalid_namespace) {
        detail.hint = std::string("WMI of this computer is damaged. ") + without_provider;
    } else if (detail.kind == ErrorKind::timeout) {
        detail.hint = std::string("Look whether WMI on this computer answers others. ") + without_provider;
    }
}

ErrorDetail call_error(const cim::CimError& error, const std::string& method, const InstallOrder& order) {
    ErrorDetail detail = error.detail();
    detail.attempted = "call Win32_Product." + method + " for";
    detail.object = order.installed ? order.installed->name : order.path;
    explain_for_products(detail, error);
    return detail;
}

}  // namespace

ErrorDetail missing_provider() {
    return {.kind = ErrorKind::not_supported,
            .attempted = "use the engine wmi",
            .found = "this Windows has no class Win32_Product",
            .needed = "its provider, an optional part of Windows (WMI Windows Installer Provider)",
            .hint = std::string("Add that part of Windows, or set engine to api. ") + without_provider};
}

ErrorDetail unreachable_provider(const cim::CimError& error) {
    ErrorDetail detail = error.detail();
    detail.attempted = "find the class Win32_Product";
    detail.object.clear();
    explain_for_products(detail, error);
    return detail;
}

ErrorDetail refused_call(const cim::CimError& error, const std::string& method, const InstallOrder& order) {
    ErrorDetail detail = call_error(error, method, order);
    if (error.code() == not_found && order.installed) {
        detail.found = "Win32_Product has no instance with its product code, name and version (" +
                       order.installed->product_code + ", \"" + order.installed->name + "\", " +
                       order.installed->version + ")";
        detail.hint = "Set engine to api.";
    }
    return detail;
}

ErrorDetail lost_answer(const cim::CimError& error, const std::string& method, const InstallOrder& order) {
    ErrorDetail detail = call_error(error, method, order);
    detail.found += "; the installation may have run, and may still go on";
    return detail;
}

std::string hint_for(std::uint32_t code, const InstallOrder& order) {
    if (code == patch_invalid && order.installed && !order.is_patch) {
        return "Win32_Product.Upgrade takes upgrade packages, which are patches (.msp), and refuses a "
               "standard "
               "package. Set engine to api, which installs this one.";
    }
    return {};
}

}  // namespace upshift
