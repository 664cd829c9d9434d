// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/msi_package_reader.hpp"

#include <map>

#include "installer/package_code.hpp"
#include "installer/windows/msi_handle.hpp"
#include "installer/windows/patch_file.hpp"
#include "installer/windows/unopened_package.hpp"
#include "machine/windows/full_path.hpp"
#include "machine/windows/text.hpp"
#include "support/error.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

using Properties = std::map<std::string, std::string>;

// Attributes of the Upgrade table.
constexpr int only_detect = 0x2;
constexpr int min_inclusive = 0x100;
constexpr int max_inclusive = 0x200;
constexpr int languages_exclusive = 0x400;

// Where the summary information holds the package code: PID_REVNUMBER ("Revision Number Summary").
constexpr unsigned revision_number = 9;

[[noreturn]] void refuse(ErrorKind kind, const std::string& path, ErrorDetail detail) {
    detail.kind = kind;
    detail.attempted = "read the package";
    detail.object = path;
    throw OperationError(detail);
}

[[noreturn]] void refuse_content(const std::string& path, const std::string& found,
                                 const std::string& needed) {
    ErrorDetail detail;
    detail.found = found;
    detail.needed = needed;
    refuse(ErrorKind::package_invalid, path, detail);
}

/// A query over a table: calls `take` with each record. A table that the package does not have has no rows.
template <typename Take>
void for_each_row(const MsiFunctions& msi, MSIHANDLE database, const wchar_t* query, Take take) {
    MsiHandle view(msi);
    if (msi.open_view(database, query, view.receive()) != ERROR_SUCCESS ||
        msi.execute_view(view.get(), 0) != ERROR_SUCCESS) {
        return;
    }
    while (true) {
        MsiHandle record(msi);
        if (msi.fetch(view.get(), record.receive()) != ERROR_SUCCESS) {
            return;
        }
        take(record.get());
    }
}

Properties read_properties(const MsiFunctions& msi, MSIHANDLE database) {
    Properties properties;
    for_each_row(msi, database, L"SELECT `Property`, `Value` FROM `Property`", [&](MSIHANDLE record) {
        properties[record_text(msi, record, 1)] = record_text(msi, record, 2);
    });
    return properties;
}

/// Wine opens a patch as a database too, which has no tables then.
bool has_product(const MsiFunctions& msi, MSIHANDLE database) {
    bool is_there = false;
    for_each_row(msi, database, L"SELECT `Value` FROM `Property` WHERE `Property` = 'ProductCode'",
                 [&](MSIHANDLE) { is_there = true; });
    return is_there;
}

std::vector<UpgradeRow> read_upgrade_rows(const MsiFunctions& msi, MSIHANDLE database) {
    std::vector<UpgradeRow> rows;
    for_each_row(msi, database,
                 L"SELECT `UpgradeCode`, `VersionMin`, `VersionMax`, `Language`, `Attributes` FROM `Upgrade`",
                 [&](MSIHANDLE record) {
                     const int attributes = msi.record_integer(record, 5);
                     rows.push_back({.upgrade_code = normalized_code(record_text(msi, record, 1)),
                                     .version_min = record_text(msi, record, 2),
                                     .version_max = record_text(msi, record, 3),
                                     .languages = record_text(msi, record, 4),
                                     .min_inclusive = (attributes & min_inclusive) != 0,
                                     .max_inclusive = (attributes & max_inclusive) != 0,
                                     .languages_exclusive = (attributes & languages_exclusive) != 0,
                                     .only_detect = (attributes & only_detect) != 0});
                 });
    return rows;
}

std::string read_package_code(const MsiFunctions& msi, MSIHANDLE database) {
    MsiHandle summary(msi);
    if (msi.summary_information(database, nullptr, 0, summary.receive()) != ERROR_SUCCESS) {
        return "";
    }
    const auto [code, text] = read_text([&](wchar_t* buffer, DWORD* size) {
        UINT type = 0;
        INT number = 0;
        FILETIME time{};
        return msi.summary_property(summary.get(), revision_number, &type, &number, &time, buffer, size);
    });
    return normalized_code(windows::narrow(text));
}

std::string value_of(const Properties& properties, const char* name) {
    const auto found = properties.find(name);
    return found == properties.end() ? std::string() : found->second;
}

/// The database in memory becomes what the installer will make of it; the file stays. Which conditions may be
/// ignored stands in the transform itself and is the installer's affair, so that all are ignored here
/// ("MsiDatabaseApplyTransform function").
void apply_transforms(const MsiFunctions& msi, MSIHANDLE database, const std::string& package,
                      const std::vector<std::string>& transforms) {
    constexpr int every_condition = MSITRANSFORM_ERROR_ADDEXISTINGROW | MSITRANSFORM_ERROR_DELMISSINGROW |
                                    MSITRANSFORM_ERROR_ADDEXISTINGTABLE | MSITRANSFORM_ERROR_DELMISSINGTABLE |
                                    MSITRANSFORM_ERROR_UPDATEMISSINGROW | MSITRANSFORM_ERROR_CHANGECODEPAGE;
    for (const auto& transform : transforms) {
        const std::wstring full = full_path(transform);
        const UINT code = msi.apply_transform(database, full.c_str(), every_condition);
        if (code != ERROR_SUCCESS) {
            refuse_unreadable_transform(transform, full);
            ErrorDetail detail;
            detail.found = "the transform \"" + transform + "\" could not be applied";
            detail.needed = "an .mst file for this package that can be read";
            detail.code = code_text(code);
            detail.code_family = "Windows Installer";
            refuse(ErrorKind::package_invalid, package, detail);
        }
    }
}

std::uint32_t parse_language(const std::string& text) {
    const auto fields = parse_product_version(text);
    return fields ? fields->major : 0;
}

PackageDescription described_patch(const std::string& path, PatchDescription patch) {
    if (patch.patch_code.empty()) {
        refuse_content(path, "the patch has no patch code", "a patch that names itself");
    }
    if (patch.targets.empty()) {
        refuse_content(path, "the patch names no product", "a patch that names the products it is for");
    }
    PackageDescription description;
    description.path = path;
    description.patch = std::move(patch);
    return description;
}

}  // namespace

PackageDescription MsiPackageReader::read(const std::string& path,
                                          const std::vector<std::string>& transforms) {
    const MsiFunctions& msi = msi_->functions();
    const std::wstring full = full_path(path);
    MsiHandle database(msi);
    const UINT code = msi.open_database(full.c_str(), MSIDBOPEN_READONLY, database.receive());
    if (code != ERROR_SUCCESS || !has_product(msi, database.get())) {
        if (auto patch = read_patch_file(full)) {
            return described_patch(path, std::move(*patch));
        }
    }
    if (code != ERROR_SUCCESS) {
        refuse_unopened_package(path, full, code);
    }
    apply_transforms(msi, database.get(), path, transforms);
    Properties properties = read_properties(msi, database.get());
    const std::string all_users = value_of(properties, "ALLUSERS");
    PackageDescription package{
        .path = path,
        .product_code = normalized_code(properties["ProductCode"]),
        .upgrade_code = normalized_code(properties["UpgradeCode"]),
        .package_code = read_package_code(msi, database.get()),
        .version = properties["ProductVersion"],
        .name = properties["ProductName"],
        .publisher = properties["Manufacturer"],
        .language = parse_language(properties["ProductLanguage"]),
        .context = install_context(all_users, value_of(properties, "MSIINSTALLPERUSER")),
        .either_context = all_users == "2",
        .upgrade_rows = read_upgrade_rows(msi, database.get())};
    if (package.product_code.empty()) {
        refuse_content(path, "it has no product code", "a package that installs a product");
    }
    if (!parse_product_version(package.version)) {
        refuse_content(path, "its product version is \"" + package.version + "\"", "a version such as 1.2.3");
    }
    return package;
}

}  // namespace upshift
