// SPDX-License-Identifier: GPL-3.0-or-later
// Calls WMI in ways that it must refuse, and prints what each answered, one line each: "what: 0x8…".
#include <windows.h>

#include <cstdio>
#include <string>
#include <wbemcli.h>

#include "cim/windows/com_pointer.hpp"
#include "cim/windows/com_security.hpp"
#include "cim/windows/com_variant.hpp"

namespace {

using upshift::cim::Bstr;
using upshift::cim::ComPointer;
using upshift::cim::protect;
using upshift::cim::Variant;

constexpr LONG semisynchronous = WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY;

void tell(const char* what, HRESULT result) {
    std::printf("%s: 0x%08lX\n", what, static_cast<unsigned long>(result));
}

ComPointer<IWbemServices> connect(const char* space, bool is_protected = true) {
    ComPointer<IWbemLocator> locator;
    ComPointer<IWbemServices> services;
    ::CoCreateInstance(CLSID_WbemLocator, nullptr, CLSCTX_INPROC_SERVER, IID_IWbemLocator,
                       locator.receive_any());
    locator->ConnectServer(Bstr(space).get(), nullptr, nullptr, nullptr, 0, nullptr, nullptr,
                           services.receive());
    if (is_protected) {
        protect(*services.get());
    }
    return services;
}

/// What ExecQuery answers, or what the first Next does where that succeeds.
HRESULT query(IWbemServices& services, const char* text, LONG flags = semisynchronous,
              bool is_protected = true) {
    ComPointer<IEnumWbemClassObject> rows;
    const HRESULT begun =
        services.ExecQuery(Bstr("WQL").get(), Bstr(text).get(), flags, nullptr, rows.receive());
    if (FAILED(begun)) {
        return begun;
    }
    if (is_protected) {
        protect(*rows.get());
    }
    ComPointer<IWbemClassObject> row;
    ULONG count = 0;
    return rows->Next(static_cast<LONG>(WBEM_INFINITE), 1, row.receive(), &count);
}

ComPointer<IWbemClassObject> upgrade_parameters(IWbemServices& services) {
    ComPointer<IWbemClassObject> definition;
    ComPointer<IWbemClassObject> signature;
    ComPointer<IWbemClassObject> in;
    services.GetObject(Bstr("Msvm_VirtualSystemManagementService").get(), 0, nullptr, definition.receive(),
                       nullptr);
    definition->GetMethod(L"UpgradeSystemVersion", 0, signature.receive(), nullptr);
    signature->SpawnInstance(0, in.receive());
    return in;
}

HRESULT put(IWbemClassObject& object, const wchar_t* name, Variant value) {
    return object.Put(name, 0, value.pointer(), 0);
}

HRESULT call(IWbemServices& services, const std::string& path, IWbemClassObject& in) {
    ComPointer<IWbemClassObject> out;
    return services.ExecMethod(Bstr(path).get(), Bstr("UpgradeSystemVersion").get(), 0, nullptr, &in,
                               out.receive(), nullptr);
}

void try_queries(IWbemServices& services) {
    tell("a known class", query(services, "SELECT Name FROM Msvm_ComputerSystem"));
    tell("an unknown class", query(services, "SELECT Name FROM Msvm_Nothing"));
    tell("an unknown property", query(services, "SELECT Nothing FROM Msvm_ComputerSystem"));
    tell("no query", query(services, "SELECT FROM"));
    tell("not forward only",
         query(services, "SELECT Name FROM Msvm_ComputerSystem", WBEM_FLAG_RETURN_IMMEDIATELY));
    tell("rows without encryption",
         query(services, "SELECT Name FROM Msvm_ComputerSystem", semisynchronous, false));
    tell("Win32_Product", query(*connect("root\\cimv2").get(), "SELECT Name FROM Win32_Product"));
}

void try_calls(IWbemServices& services, const std::string& host) {
    const std::string service =
        "Msvm_VirtualSystemManagementService.CreationClassName=\"Msvm_"
        "VirtualSystemManagementService\",Name=\"vmms\",SystemCreationClassName=\"Msvm_"
        "ComputerSystem\",SystemName=\"" +
        host + "\"";
    const auto in = upgrade_parameters(services);
    tell("a number for a reference", put(*in.get(), L"ComputerSystem", Variant::from(std::int32_t{1})));
    tell("no path for a reference", put(*in.get(), L"ComputerSystem", Variant::from(std::string_view("="))));
    tell("an unknown parameter", put(*in.get(), L"Nothing", Variant::from(true)));
    put(*in.get(), L"ComputerSystem", Variant::from(std::string_view("Msvm_ComputerSystem.Name=\"x\"")));
    tell("settings that are NULL", call(services, service, *in.get()));
    put(*in.get(), L"UpgradeSettingData", Variant::from(std::string_view("")));
    tell("a class for an instance", call(services, "Msvm_VirtualSystemManagementService", *in.get()));
    tell("a VM that is not there", call(services, service, *in.get()));
}

}  // namespace

int wmain() {
    const upshift::cim::ComProcess process;
    const auto services = connect("root\\virtualization\\v2");
    tell("calls without encryption",
         query(*connect("root\\virtualization\\v2", false).get(), "SELECT Name FROM Msvm_ComputerSystem"));
    try_queries(*services.get());
    try_calls(*services.get(), "hv1");
    return 0;
}
