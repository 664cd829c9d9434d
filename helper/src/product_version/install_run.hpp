// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "installer/install_engine.hpp"
#include "support/run_context.hpp"

namespace upshift {

/// Why we stopped waiting for an installation to end by itself.
enum class Interruption { none, timeout, cancelled };

/// What came of waiting for an installation.
struct InstallRun {
    std::optional<InstallResult> result;  ///< nothing: it goes on, and nothing more may be installed
    Interruption interruption = Interruption::none;
    std::chrono::seconds timeout{0};  ///< after which an installation is interrupted
    EngineAbilities abilities;        ///< of the engine that ran
};

/// How long an installation that was asked to cancel may take to end.
constexpr std::chrono::seconds cancel_grace{10};

/// Which target the installation is for, among how many.
struct TargetPlace {
    std::string name;
    std::size_t done = 0;
    std::size_t total = 0;
};

/// Installs on a thread of its own and waits for the end, for the timeout or for stop. At either of the
/// latter two it asks the installer to cancel, where the engine can do that, and waits for cancel_grace more;
/// an installation that has not ended by then keeps its thread, the engine and its log for as long as the
/// process lives, but reports no more progress. Throws what the engine throws.
InstallRun run_install(InstallEngine& engine, const InstallOrder& order, std::chrono::seconds timeout,
                       const TargetPlace& place, const RunContext& context);

}  // namespace upshift
