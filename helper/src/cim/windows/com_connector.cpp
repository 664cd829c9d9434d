// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/windows/com_connector.hpp"

#include <windows.h>

#include <array>

#include "cim/windows/com_failure.hpp"
#include "cim/windows/com_security.hpp"
#include "cim/windows/com_session.hpp"
#include "cim/windows/com_variant.hpp"
#include "cim/wmi_codes.hpp"
#include "machine/windows/text.hpp"

namespace upshift::cim {

namespace {

std::string computer_name() {
    std::array<wchar_t, MAX_COMPUTERNAME_LENGTH + 1> name{};
    auto size = static_cast<DWORD>(name.size());
    if (::GetComputerNameExW(ComputerNamePhysicalNetBIOS, name.data(), &size) == FALSE) {
        return "localhost";
    }
    return windows::narrow({name.data(), size});
}

ComPointer<IWbemServices> open(const std::string& path) {
    ComPointer<IWbemLocator> locator;
    check(::CoCreateInstance(CLSID_WbemLocator, nullptr, CLSCTX_INPROC_SERVER, IID_IWbemLocator,
                             locator.receive_any()));
    ComPointer<IWbemServices> services;
    const Bstr resource(path);
    check(locator->ConnectServer(resource.get(), nullptr, nullptr, nullptr, 0, nullptr, nullptr,
                                 services.receive()));
    check(protect(*services.get()));
    return services;
}

}  // namespace

ComConnector::~ComConnector() = default;

std::vector<std::string> ComConnector::hosts() {
    return {computer_name()};
}

std::shared_ptr<CimSession> ComConnector::connect(const std::string& host, const std::string& cim_namespace) {
    if (!process_) {
        process_ = std::make_shared<ComProcess>();
    }
    const ComThread thread;
    // Without a name WMI does not go through the network.
    const bool is_here = host == computer_name();
    try {
        auto services = open(is_here ? cim_namespace : R"(\\)" + host + "\\" + cim_namespace);
        return std::make_shared<ComSession>(process_, std::move(services), host);
    } catch (const ComFailure& failure) {
        throw wmi_error(static_cast<std::uint32_t>(failure.result), "connect to " + cim_namespace + " of",
                        host);
    }
}

}  // namespace upshift::cim
