// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/msi_library.hpp"

namespace upshift {

namespace {

MsiFunctions load_functions(const SystemLibrary& msi) {
    MsiFunctions functions;
    msi.load(functions.close_handle, "MsiCloseHandle");
    msi.load(functions.open_database, "MsiOpenDatabaseW");
    msi.load(functions.open_view, "MsiDatabaseOpenViewW");
    msi.load(functions.execute_view, "MsiViewExecute");
    msi.load(functions.fetch, "MsiViewFetch");
    msi.load(functions.record_text, "MsiRecordGetStringW");
    msi.load(functions.record_integer, "MsiRecordGetInteger");
    msi.load(functions.record_field_count, "MsiRecordGetFieldCount");
    msi.load(functions.format_record, "MsiFormatRecordW");
    msi.load(functions.summary_information, "MsiGetSummaryInformationW");
    msi.load(functions.summary_property, "MsiSummaryInfoGetPropertyW");
    msi.load(functions.enumerate_products, "MsiEnumProductsExW");
    msi.load(functions.enumerate_related, "MsiEnumRelatedProductsW");
    msi.load(functions.product_info, "MsiGetProductInfoExW");
    msi.load(functions.set_internal_ui, "MsiSetInternalUI");
    msi.load(functions.set_external_ui, "MsiSetExternalUIRecord");
    msi.load(functions.enable_log, "MsiEnableLogW");
    msi.load(functions.install_product, "MsiInstallProductW");
    msi.load(functions.configure_product, "MsiConfigureProductExW");
    msi.load(functions.apply_transform, "MsiDatabaseApplyTransformW");
    msi.load(functions.enumerate_features, "MsiEnumFeaturesW");
    msi.load(functions.feature_state, "MsiQueryFeatureStateW");
    msi.load(functions.enumerate_patches, "MsiEnumPatchesExW");
    msi.load(functions.patch_info, "MsiGetPatchInfoExW");
    return functions;
}

}  // namespace

const MsiFunctions& MsiLibrary::functions() {
    std::call_once(loaded_, [this] {
        library_.emplace(L"msi.dll");
        functions_ = load_functions(*library_);
    });
    return functions_;
}

}  // namespace upshift
