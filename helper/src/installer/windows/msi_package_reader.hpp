// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "installer/package_reader.hpp"
#include "installer/windows/msi_library.hpp"

namespace upshift {

/// Reads packages as the databases they are. MsiOpenPackage would be slower and answers 1638 for another
/// package of an installed product.
class MsiPackageReader : public PackageReader {
  public:
    explicit MsiPackageReader(std::shared_ptr<MsiLibrary> msi) : msi_(std::move(msi)) {}

    PackageDescription read(const std::string& path, const std::vector<std::string>& transforms) override;

  private:
    std::shared_ptr<MsiLibrary> msi_;
};

}  // namespace upshift
