// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "installer/patch_description.hpp"

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
    bool either_context = false;  ///< ALLUSERS is 2: MSIINSTALLPERUSER decides, also a given one
    std::vector<UpgradeRow> upgrade_rows;
    std::optional<PatchDescription> patch;  ///< it is a patch; then of the rest only the path is known
};

/// What those two properties lead to: 1 is the machine, 2 the machine unless MSIINSTALLPERUSER is 1, anything
/// else the user ("ALLUSERS Property" and "MSIINSTALLPERUSER Property", Windows Installer).
InstallContext install_context(std::string_view all_users, std::string_view install_per_user);

/// For whom the package is installed with these properties, whose names are in upper case.
InstallContext context_with(const PackageDescription& package,
                            const std::map<std::string, std::string>& properties);

/// Reads what a package is. Touches nothing and runs nothing of it.
class PackageReader {
  public:
    PackageReader() = default;
    PackageReader(const PackageReader&) = delete;
    PackageReader& operator=(const PackageReader&) = delete;
    virtual ~PackageReader() = default;

    /// The package as these transforms, applied in order, make it; a patch, which takes none, as it is.
    /// Throws OperationError: package_unreadable (it or a transform is missing, without access, a folder),
    /// package_invalid (neither package nor patch, a package without a product code or version, a patch
    /// without a code or target, or a transform that cannot be applied).
    virtual PackageDescription read(const std::string& path, const std::vector<std::string>& transforms) = 0;
};

}  // namespace upshift
