// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/wmi_install_engine.hpp"

#include "cim/wmi_codes.hpp"
#include "installer/property_line.hpp"
#include "installer/wmi_install_errors.hpp"

namespace upshift {

namespace {

constexpr const char* product_class = "Win32_Product";
constexpr std::uint32_t server_fault = 0x80010105;  // "Upgrade method of the Win32_Product class"

/// WMI's own name for the computer that it runs on.
constexpr const char* this_computer = ".";

/// The keys are those of CIM_Product.
cim::ObjectPath instance_path(const InstalledProduct& product) {
    return {
        product_class,
        {{"IdentifyingNumber", product.product_code}, {"Name", product.name}, {"Version", product.version}}};
}

/// A Win32 code in the form of an HRESULT is that code.
std::uint32_t plain_code(std::uint32_t code) {
    constexpr std::uint32_t win32_facility = 0x80070000;
    return (code & 0xFFFF0000U) == win32_facility ? code & 0xFFFFU : code;
}

InstallResult result_of(std::uint32_t return_value, const InstallOrder& order) {
    const std::uint32_t code = plain_code(return_value);
    return {.code = code, .hint = hint_for(code, order)};
}

}  // namespace

std::shared_ptr<cim::CimSession> WmiInstallEngine::connect() {
    const auto hosts = connector_.hosts();
    return connector_.connect(hosts.empty() ? this_computer : hosts.front(), R"(root\cimv2)");
}

void WmiInstallEngine::require_available() {
    try {
        if (connect()->get({product_class, {}}, {})) {
            return;
        }
    } catch (const cim::CimError& error) {
        throw OperationError(unreachable_provider(error));
    }
    throw OperationError(missing_provider());
}

InstallResult WmiInstallEngine::install(const InstallOrder& order, InstallObserver& observer) {
    const char* method = order.installed ? "Upgrade" : "Install";
    cim::NamedValues parameters{{"PackageLocation", full_path(order.path)}, {"Options", options_of(order)}};
    if (!order.installed) {
        parameters.emplace_back("AllUsers", order.per_machine);
    }
    const auto object =
        order.installed ? instance_path(*order.installed) : cim::ObjectPath{product_class, {}};
    try {
        const auto session = connect();
        observer.action_started(std::string(product_class) + "." + method);
        return result_of(session->invoke(object, method, parameters).return_value, order);
    } catch (const cim::CimError& error) {
        if (error.code() == server_fault) {
            return result_of(server_fault, order);
        }
        if (!error.may_have_run()) {
            throw OperationError(refused_call(error, method, order));
        }
        return {.lost = lost_answer(error, method, order)};
    }
}

std::string WmiInstallEngine::options_of(const InstallOrder& order) const {
    auto properties = order.properties;
    std::string transforms;
    for (const auto& path : order.transforms) {
        transforms += (transforms.empty() ? "" : ";") + full_path(path);
    }
    if (!transforms.empty()) {
        properties.emplace_back("TRANSFORMS", transforms);
    }
    return property_line(properties);
}

}  // namespace upshift
