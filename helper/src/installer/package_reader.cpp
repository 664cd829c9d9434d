// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/package_reader.hpp"

namespace upshift {

std::string_view name_of(InstallContext context) {
    switch (context) {
        case InstallContext::machine:
            return "machine";
        case InstallContext::user_managed:
            return "user_managed";
        case InstallContext::user_unmanaged:
            return "user_unmanaged";
    }
    return "machine";
}

InstallContext install_context(std::string_view all_users, std::string_view install_per_user) {
    const bool is_machine = all_users == "1" || (all_users == "2" && install_per_user != "1");
    return is_machine ? InstallContext::machine : InstallContext::user_unmanaged;
}

InstallContext context_with(const PackageDescription& package,
                            const std::map<std::string, std::string>& properties) {
    const auto all_users = properties.find("ALLUSERS");
    const auto per_user = properties.find("MSIINSTALLPERUSER");
    const bool is_either = all_users == properties.end() ? package.either_context : all_users->second == "2";
    if (is_either && per_user != properties.end()) {
        return install_context("2", per_user->second);
    }
    return all_users == properties.end() ? package.context : install_context(all_users->second, "");
}

}  // namespace upshift
