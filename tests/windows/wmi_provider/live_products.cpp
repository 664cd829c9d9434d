// SPDX-License-Identifier: GPL-3.0-or-later
#include "live_products.hpp"

#include <windows.h>

#include <algorithm>
#include <array>
#include <msi.h>
#include <objbase.h>

#include "com_object.hpp"
#include "environment.hpp"
#include "machine/windows/text.hpp"
#include "simulation/cim_namespace.hpp"
#include "values.hpp"

namespace upshift::test_provider {

namespace {

std::string key(const cim::ObjectPath& path, std::string_view name) {
    const auto found = std::find_if(path.keys.begin(), path.keys.end(), [&](const auto& each) {
        return simulation::same_text(each.first, name);
    });
    if (found == path.keys.end()) {
        fail(WBEM_E_INVALID_OBJECT_PATH);
    }
    return found->second;
}

std::string installed_text(const std::string& product_code, const wchar_t* property) {
    std::array<wchar_t, 1024> text{};
    auto size = static_cast<DWORD>(text.size());
    const UINT result =
        ::MsiGetProductInfoW(windows::wide(product_code).c_str(), property, text.data(), &size);
    return result == ERROR_SUCCESS ? narrow(text.data()) : "";
}

template <typename T>
const T& given(const cim::NamedValues& parameters, std::string_view name) {
    for (const auto& [known, value] : parameters) {
        if (const auto* wanted = std::get_if<T>(&value); wanted != nullptr && known == name) {
            return *wanted;
        }
    }
    fail(WBEM_E_INVALID_METHOD_PARAMETERS);
}

/// The class of a patch's file ("Database and Patch", Windows Installer).
constexpr CLSID class_of_patches{
    0x000C1086, 0x0000, 0x0000, {0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};

bool is_patch(const std::wstring& file) {
    IStorage* storage = nullptr;
    STATSTG seen{};
    if (FAILED(::StgOpenStorage(file.c_str(), nullptr, STGM_READ | STGM_SHARE_DENY_WRITE, nullptr, 0,
                                &storage))) {
        return false;
    }
    const bool is_read = SUCCEEDED(storage->Stat(&seen, STATFLAG_NONAME));
    storage->Release();
    return is_read && ::IsEqualCLSID(seen.clsid, class_of_patches);
}

UINT upgrade(const std::wstring& package, const std::wstring& options) {
    return is_patch(package)
               ? ::MsiApplyPatchW(package.c_str(), nullptr, INSTALLTYPE_DEFAULT, options.c_str())
               : ERROR_PATCH_PACKAGE_INVALID;
}

}  // namespace

bool has_live_products() {
    return !environment(L"UPSHIFT_WMI_LIVE_PRODUCTS").empty();
}

cim::Instance live_product(const cim::ObjectPath& path) {
    const auto code = key(path, "IdentifyingNumber");
    if (installed_text(code, INSTALLPROPERTY_INSTALLEDPRODUCTNAME) != key(path, "Name") ||
        installed_text(code, INSTALLPROPERTY_VERSIONSTRING) != key(path, "Version")) {
        fail(WBEM_E_NOT_FOUND);
    }
    return {path, {}};
}

cim::MethodResult call_live_product(const cim::ObjectPath& path, const std::string& method,
                                    const cim::NamedValues& parameters) {
    ::MsiSetInternalUI(INSTALLUILEVEL_NONE, nullptr);
    const auto package = windows::wide(given<std::string>(parameters, "PackageLocation"));
    auto options = windows::wide(given<std::string>(parameters, "Options"));
    if (simulation::same_text(method, "Upgrade")) {
        (void)live_product(path);
        return {upgrade(package, options), {}};
    }
    if (given<bool>(parameters, "AllUsers")) {
        options += L" ALLUSERS=1";
    }
    return {::MsiInstallProductW(package.c_str(), options.c_str()), {}};
}

}  // namespace upshift::test_provider
