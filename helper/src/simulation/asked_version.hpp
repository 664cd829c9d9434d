// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "cim/cim_session.hpp"
#include "simulation/described_host.hpp"

namespace upshift::simulation {

/// The version that UpgradeSettingData asks for: the host's default for an empty text, otherwise
/// TargetVersion of the embedded setting, where the host takes one. Nothing for what the host refuses as a
/// parameter, NULL among it.
std::optional<ConfigurationVersion> asked_version(const DescribedHost& host, bool takes_settings,
                                                  const cim::Value& upgrade_setting_data);

}  // namespace upshift::simulation
