// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "installer/product_inventory.hpp"
#include "support/error.hpp"

namespace upshift {

/// One installation, planned to the last property; or the removal of an installed product.
struct InstallOrder {
    std::string path;          ///< the package; empty: the product with that code is removed
    std::string product_code;  ///< of the product to remove
    std::vector<std::pair<std::string, std::string>>
        properties;                             ///< name and value, unquoted; the engine quotes
    std::vector<std::string> transforms;        ///< paths, applied in this order
    std::string log_path;                       ///< verbose log, its folder exists; empty is none
    std::optional<InstalledProduct> installed;  ///< what is to be upgraded; nothing: a first installation
    bool is_patch = false;                      ///< the package is a patch (.msp)
    bool per_machine = true;                    ///< for whom it is installed
};

/// What came of an installation, in the installer's own terms.
struct InstallResult {
    std::uint32_t code = 0;          ///< Windows Installer or system error code; 0, 3010 and 1641 are success
    std::string failing_action;      ///< the action under way when it failed, where the installer told
    std::vector<std::string> texts;  ///< the installer's own error texts, in order
    std::string hint;                ///< the way out that is special to this engine; empty: the code's own
    std::optional<ErrorDetail>
        lost;  ///< there was no answer, and it may have run: then the code says nothing
};

/// What an engine can do beside installing.
struct EngineAbilities {
    bool cancels = true;     ///< an installation can be asked to cancel
    bool writes_log = true;  ///< where log_path says
};

/// Hears of an installation under way, and can ask it to stop. Called on the installing thread.
class InstallObserver {
  public:
    InstallObserver() = default;
    InstallObserver(const InstallObserver&) = delete;
    InstallObserver& operator=(const InstallObserver&) = delete;
    virtual ~InstallObserver() = default;

    virtual void action_started(const std::string& name) = 0;
    virtual void progressed(int percent) = 0;
    /// True asks the installer to cancel at its next message; it may take its time, or not listen at all.
    virtual bool cancel_requested() = 0;
};

/// Runs the installer. Transactions join here when their feature does; five methods is the limit.
class InstallEngine {
  public:
    InstallEngine() = default;
    InstallEngine(const InstallEngine&) = delete;
    InstallEngine& operator=(const InstallEngine&) = delete;
    virtual ~InstallEngine() = default;

    /// The name of the engine as answers give it: "api", "msiexec", "wmi".
    virtual std::string name() const = 0;
    virtual EngineAbilities abilities() const { return {}; }

    /// Throws OperationError where this engine can install nothing on this computer now. Touches nothing.
    virtual void require_available() {}

    /// Blocks until the installer returns, which may be never. One call at a time. Throws OperationError only
    /// where the installer could not be started; what the installer answers is the result.
    virtual InstallResult install(const InstallOrder& order, InstallObserver& observer) = 0;

    /// Whether the log can be written where that path says, as far as can be told beforehand: its folder is
    /// there. An engine without logs of its own has nothing to say against any.
    virtual bool has_folder_for_log(const std::string& /*log_path*/) { return true; }
};

}  // namespace upshift
