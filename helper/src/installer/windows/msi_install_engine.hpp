// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "installer/install_engine.hpp"
#include "installer/windows/msi_library.hpp"

namespace upshift {

/// Installs through msi.dll in this process, without any user interface.
class MsiInstallEngine : public InstallEngine {
  public:
    explicit MsiInstallEngine(std::shared_ptr<MsiLibrary> msi) : msi_(std::move(msi)) {}

    std::string name() const override { return "api"; }
    InstallResult install(const InstallOrder& order, InstallObserver& observer) override;
    bool has_folder_for_log(const std::string& log_path) override;

  private:
    std::shared_ptr<MsiLibrary> msi_;
};

}  // namespace upshift
