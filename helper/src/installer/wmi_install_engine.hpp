// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cim/cim_session.hpp"
#include "installer/install_engine.hpp"

namespace upshift {

/// Installs through the methods of Win32_Product, in WMI's process ("Win32_Product class", WMI providers).
///
/// A product that is there is upgraded by Upgrade, called on its instance by the three keys; one that is not
/// is installed by the static Install. The class is never queried: a query makes Windows check and repair
/// every product (facts: windows-installer, section 1). The methods tell no progress, write no log and cannot
/// be cancelled. A call whose answer got lost is not sent again: it becomes InstallResult::lost.
class WmiInstallEngine : public InstallEngine {
  public:
    using FullPath = std::function<std::string(const std::string&)>;

    /// The connector is not owned; this computer is the first of its hosts. `full_path` gives a path from its
    /// root, since WMI's process has another current folder; empty where paths are taken as they are.
    WmiInstallEngine(cim::CimConnector& connector, FullPath full_path)
        : connector_(connector), full_path_(std::move(full_path)) {}

    std::string name() const override { return "wmi"; }
    EngineAbilities abilities() const override { return {.cancels = false, .writes_log = false}; }
    void require_available() override;
    InstallResult install(const InstallOrder& order, InstallObserver& observer) override;

  private:
    std::shared_ptr<cim::CimSession> connect();
    std::string full_path(const std::string& path) const { return full_path_ ? full_path_(path) : path; }
    std::string options_of(const InstallOrder& order) const;

    cim::CimConnector& connector_;
    FullPath full_path_;
};

}  // namespace upshift
