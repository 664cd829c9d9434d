// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "installer/package_reader.hpp"
#include "simulation/product_rows.hpp"
#include "simulation/row_reader.hpp"
#include "support/error.hpp"

// Rows of a simulation file about packages. docs/contract.md, "Simulation file", says what each value means.
namespace upshift::simulation {

/// What the installer makes of a package.
struct PackageBehaviour {
    std::uint32_t result = 0;
    std::int64_t busy = 0;                         ///< how often 1618 is answered first
    bool takes_effect = true;                      ///< the product is there afterwards
    bool loses_old = false;                        ///< it fails, and what it replaces is gone
    bool keeps_old = false;                        ///< it succeeds, and what it replaces stays
    std::optional<std::vector<Feature>> features;  ///< of the product afterwards; nothing: as before
    double seconds = 0;
    bool ignores_cancel = false;
    std::string failing_action;
    std::vector<std::string> error_texts;
    bool asks_for_reboot = false;
    /// Properties that it must be given: others are answered 1639.
    std::map<std::string, std::string> needs_properties;
    /// Win32_Product.Upgrade takes it. A real one takes patches, and answers 1636 to a standard package.
    bool upgrade_package = false;
};

/// What a transform changes of a package; empty texts stay.
struct DescribedTransform {
    std::string path;
    std::string product_code;
    std::string upgrade_code;
    std::string package_code;
    std::string version;
    std::string name;
};

struct DescribedPackage {
    PackageDescription package;
    std::optional<ErrorDetail> error;  ///< it cannot be read, and this is why
    PackageBehaviour behaviour;
    std::vector<DescribedTransform> transforms;
};

/// Somebody else's installation, under way when a run begins.
struct OtherInstallation {
    double seconds = 0;
    std::vector<DescribedProduct> installs;
};

/// One row of `packages`.
DescribedPackage read_package(RowReader row);
/// One row of `other_installations`.
OtherInstallation read_other_installation(RowReader row);

}  // namespace upshift::simulation
