// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "installer/package_reader.hpp"

namespace upshift {

/// An installed (or advertised) product. Texts are UTF-8; GUIDs are braced and upper case.
struct InstalledProduct {
    std::string product_code;
    std::string package_code;
    std::string version;  ///< as registered; may be odd
    std::string name;
    std::string publisher;
    std::uint32_t language = 0;
    InstallContext context = InstallContext::machine;
    std::string user_sid;          ///< whose it is; empty for the machine
    bool of_another_user = false;  ///< of a user other than the one this process runs as
    bool advertised = false;       ///< INSTALLSTATE_ADVERTISED: known, but not installed
    bool instance = false;         ///< one of several of the same package, made by an instance transform
};

/// What is there of a feature ("MsiQueryFeatureState function"). `source` runs from the package's source.
enum class FeatureState { absent, advertised, local, source };

std::string_view name_of(FeatureState state);

struct Feature {
    std::string name;
    FeatureState state = FeatureState::absent;

    bool operator==(const Feature&) const = default;
};

/// What became of a patch that was applied ("MsiGetPatchInfoEx function"): another one may have taken its
/// place (superseded), or have made it needless (obsolete).
enum class PatchState { applied, superseded, obsolete };

std::string_view name_of(PatchState state);

/// A patch that is registered with a product. GUIDs are braced and upper case.
struct InstalledPatch {
    std::string patch_code;
    PatchState state = PatchState::applied;
    std::vector<std::string> replaces;  ///< codes of patches that it takes the place of, where known
};

/// What is installed. Touches nothing: never Win32_Product, whose query makes Windows check and repair every
/// product (facts: windows-installer, section 1). Every method throws OperationError: access_denied, failed.
class ProductInventory {
  public:
    ProductInventory() = default;
    ProductInventory(const ProductInventory&) = delete;
    ProductInventory& operator=(const ProductInventory&) = delete;
    virtual ~ProductInventory() = default;

    /// Every product of the machine and of every user this process may ask about.
    virtual std::vector<InstalledProduct> all() = 0;
    /// The product with that code, or nothing.
    virtual std::optional<InstalledProduct> find(const std::string& product_code) = 0;
    /// The products registered under that upgrade code.
    virtual std::vector<InstalledProduct> related(const std::string& upgrade_code) = 0;
    /// The features of a product that this process may ask about; none for another user's.
    virtual std::vector<Feature> features(const InstalledProduct& product) = 0;
    /// The patches of a product that this process may ask about.
    virtual std::vector<InstalledPatch> patches(const InstalledProduct& product) = 0;
};

}  // namespace upshift
