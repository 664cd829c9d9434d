// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <msi.h>
#include <msiquery.h>
#include <mutex>
#include <optional>

#include "machine/windows/system_library.hpp"

namespace upshift {

/// The functions of Windows Installer that the helper calls ("Installer Functions", Windows Installer).
struct MsiFunctions {
    decltype(MsiCloseHandle)* close_handle = nullptr;
    decltype(MsiOpenDatabaseW)* open_database = nullptr;
    decltype(MsiDatabaseOpenViewW)* open_view = nullptr;
    decltype(MsiViewExecute)* execute_view = nullptr;
    decltype(MsiViewFetch)* fetch = nullptr;
    decltype(MsiRecordGetStringW)* record_text = nullptr;
    decltype(MsiRecordGetInteger)* record_integer = nullptr;
    decltype(MsiRecordGetFieldCount)* record_field_count = nullptr;
    decltype(MsiFormatRecordW)* format_record = nullptr;
    decltype(MsiGetSummaryInformationW)* summary_information = nullptr;
    decltype(MsiSummaryInfoGetPropertyW)* summary_property = nullptr;
    decltype(MsiEnumProductsExW)* enumerate_products = nullptr;
    decltype(MsiEnumRelatedProductsW)* enumerate_related = nullptr;
    decltype(MsiGetProductInfoExW)* product_info = nullptr;
    decltype(MsiSetInternalUI)* set_internal_ui = nullptr;
    decltype(MsiSetExternalUIRecord)* set_external_ui = nullptr;
    decltype(MsiEnableLogW)* enable_log = nullptr;
    decltype(MsiInstallProductW)* install_product = nullptr;
    decltype(MsiConfigureProductExW)* configure_product = nullptr;
    decltype(MsiDatabaseApplyTransformW)* apply_transform = nullptr;
    decltype(MsiEnumFeaturesW)* enumerate_features = nullptr;
    decltype(MsiQueryFeatureStateW)* feature_state = nullptr;
    decltype(MsiEnumPatchesExW)* enumerate_patches = nullptr;
    decltype(MsiGetPatchInfoExW)* patch_info = nullptr;
};

/// msi.dll, loaded when it is first needed: operations on VMs never pay for it. Safe from several threads.
class MsiLibrary {
  public:
    /// Throws OperationError, not_supported, where this Windows has no installer.
    const MsiFunctions& functions();

  private:
    std::once_flag loaded_;
    std::optional<SystemLibrary> library_;
    MsiFunctions functions_;
};

}  // namespace upshift
