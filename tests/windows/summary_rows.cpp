// SPDX-License-Identifier: GPL-3.0-or-later
// The bare reference for an inventory over COM: reads of every VM the columns that the helper reads, and
// prints how many rows there were. Nothing else, so that the helper's own cost shows.
#include <windows.h>

#include <array>
#include <cstdio>
#include <oleauto.h>
#include <wbemcli.h>

namespace {

constexpr std::array<const wchar_t*, 5> columns{L"Name", L"ElementName", L"EnabledState", L"ReplicationMode",
                                                L"Version"};
constexpr const wchar_t* query =
    L"SELECT Name, ElementName, EnabledState, ReplicationMode, Version FROM "
    L"Msvm_SummaryInformation";

HRESULT protect(IUnknown* proxy) {
    return ::CoSetProxyBlanket(proxy, RPC_C_AUTHN_DEFAULT, RPC_C_AUTHZ_DEFAULT, COLE_DEFAULT_PRINCIPAL,
                               RPC_C_AUTHN_LEVEL_PKT_PRIVACY, RPC_C_IMP_LEVEL_IMPERSONATE, nullptr,
                               EOAC_NONE);
}

IEnumWbemClassObject* begin_query() {
    IWbemLocator* locator = nullptr;
    IWbemServices* services = nullptr;
    IEnumWbemClassObject* rows = nullptr;
    BSTR path = ::SysAllocString(L"root\\virtualization\\v2");
    BSTR language = ::SysAllocString(L"WQL");
    BSTR text = ::SysAllocString(query);
    const bool is_begun =
        SUCCEEDED(::CoCreateInstance(CLSID_WbemLocator, nullptr, CLSCTX_INPROC_SERVER, IID_IWbemLocator,
                                     reinterpret_cast<void**>(&locator))) &&
        SUCCEEDED(locator->ConnectServer(path, nullptr, nullptr, nullptr, 0, nullptr, nullptr, &services)) &&
        SUCCEEDED(protect(services)) &&
        SUCCEEDED(services->ExecQuery(language, text, WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY,
                                      nullptr, &rows)) &&
        SUCCEEDED(protect(rows));
    return is_begun ? rows : nullptr;
}

void read_columns(IWbemClassObject* row) {
    for (const auto* column : columns) {
        VARIANT value;
        ::VariantInit(&value);
        row->Get(column, 0, &value, nullptr, nullptr);
        ::VariantClear(&value);
    }
}

}  // namespace

int wmain() {
    ::CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    IEnumWbemClassObject* rows = begin_query();
    if (rows == nullptr) {
        std::fputs("summary_rows: cannot query\n", stderr);
        return 1;
    }
    std::array<IWbemClassObject*, 64> batch{};
    ULONG count = 0;
    unsigned long total = 0;
    HRESULT result = WBEM_S_NO_ERROR;
    while (result == WBEM_S_NO_ERROR) {
        result = rows->Next(static_cast<LONG>(WBEM_INFINITE), static_cast<ULONG>(batch.size()), batch.data(),
                            &count);
        for (ULONG i = 0; i < count; ++i) {
            read_columns(batch[i]);
            batch[i]->Release();
        }
        total += count;
    }
    std::printf("%lu\n", total);
    return 0;
}
