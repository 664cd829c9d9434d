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

}  // namespace upshift
