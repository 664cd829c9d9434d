// SPDX-License-Identifier: GPL-3.0-or-later
// The bare reference for "nothing to do": reads a package's product code and version, and which version is
// installed, and prints both. Nothing else, so that the helper's own cost shows: installed_version.exe
// PACKAGE
#include <windows.h>

#include <array>
#include <cstdio>
#include <msi.h>
#include <msiquery.h>
#include <string>

namespace {

std::wstring property(MSIHANDLE database, const wchar_t* name) {
    MSIHANDLE view = 0;
    MSIHANDLE record = 0;
    const std::wstring query =
        std::wstring(L"SELECT `Value` FROM `Property` WHERE `Property` = '") + name + L"'";
    std::array<wchar_t, 256> value{};
    auto size = static_cast<DWORD>(value.size());
    if (MsiDatabaseOpenViewW(database, query.c_str(), &view) == ERROR_SUCCESS &&
        MsiViewExecute(view, 0) == ERROR_SUCCESS && MsiViewFetch(view, &record) == ERROR_SUCCESS) {
        MsiRecordGetStringW(record, 1, value.data(), &size);
    }
    MsiCloseHandle(record);
    MsiCloseHandle(view);
    return value.data();
}

}  // namespace

int wmain(int count, wchar_t** arguments) {
    MSIHANDLE database = 0;
    if (count != 2 || MsiOpenDatabaseW(arguments[1], MSIDBOPEN_READONLY, &database) != ERROR_SUCCESS) {
        std::fputs("installed_version: cannot open the package\n", stderr);
        return 1;
    }
    const std::wstring product = property(database, L"ProductCode");
    const std::wstring version = property(database, L"ProductVersion");
    std::array<wchar_t, 256> installed{};
    auto size = static_cast<DWORD>(installed.size());
    MsiGetProductInfoW(product.c_str(), INSTALLPROPERTY_VERSIONSTRING, installed.data(), &size);
    MsiCloseHandle(database);
    std::printf("%ls %ls %ls\n", product.c_str(), version.c_str(), installed.data());
    return 0;
}
