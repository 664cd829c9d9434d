// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/asked_version.hpp"

#include <algorithm>

namespace upshift::simulation {

std::optional<ConfigurationVersion> asked_version(const DescribedHost& host, bool takes_settings,
                                                  const cim::Value& upgrade_setting_data) {
    if (const auto* text = std::get_if<std::string>(&upgrade_setting_data)) {
        return text->empty() ? host.default_version : std::nullopt;
    }
    const auto* settings = std::get_if<cim::EmbeddedInstance>(&upgrade_setting_data);
    if (settings == nullptr || !takes_settings || settings->properties.size() != 1 ||
        settings->class_name != "Msvm_VirtualSystemUpgradeSettingData" ||
        settings->properties.front().first != "TargetVersion") {
        return std::nullopt;
    }
    const auto version = parse_configuration_version(settings->properties.front().second);
    const auto& supported = host.supported_versions;
    const bool is_supported =
        version && std::find(supported.begin(), supported.end(), *version) != supported.end();
    return is_supported ? version : std::nullopt;
}

}  // namespace upshift::simulation
