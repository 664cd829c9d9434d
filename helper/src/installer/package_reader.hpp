// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace upshift {

enum class InstallContext { machine, user_managed, user_unmanaged };
std::string_view name_of(InstallContext context);

/// One row of a package's Upgrade table: which installed products it relates to ("Upgrade Table", Windows
/// Installer documentation).
struct UpgradeRow {
    std::string upgrade_code;  ///< {GUID}
    std::string version_min;   ///< empty is no bound
    std::string version_max;
    std::string languages;  ///< comma-separated, empty is any
    bool min_inclusive = false;
    bool max_inclusive = false;
    bool languages_exclusive = false;
    bool only_detect = false;
};

/// What a package says of itself. Texts are UTF-8; GUIDs are braced and upper case.
struct PackageDescription {
    std::string path;
    std::string product_code;
    std::string upgrade_code;  ///< may be empty
    std::string package_code;
    std::string version;
    std::string name;
    std::string publisher;
    std::uint32_t language = 0;
    InstallContext context = InstallContext::machine;  ///< what ALLUSERS and MSIINSTALLPERUSER lead to
    std::vector<UpgradeRow> upgrade_rows;
};

/// Reads what a package is. Touches nothing and runs nothing of it.
class PackageReader {
  public:
    PackageReader() = default;
    PackageReader(const PackageReader&) = delete;
    PackageReader& operator=(const PackageReader&) = delete;
    virtual ~PackageReader() = default;

    /// Throws OperationError: package_unreadable (missing, no access, a folder), package_invalid (no package,
    /// or one without a product code or version).
    virtual PackageDescription read(const std::string& path) = 0;
};

}  // namespace upshift
