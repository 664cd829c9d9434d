// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/unavailable.hpp"

namespace upshift {

ErrorDetail no_hyperv_session() {
    return {.kind = ErrorKind::not_supported,
            .attempted = "reach Hyper-V on this computer",
            .found = "the session to Hyper-V itself is not yet available",
            .needed = "the argument 'simulation', the path of a described host"};
}

ErrorDetail no_windows_installer() {
    return {.kind = ErrorKind::not_supported,
            .attempted = "reach Windows Installer on this computer",
            .found = "the session to Windows Installer itself is not yet available",
            .needed = "the argument 'simulation', the path of a described host"};
}

}  // namespace upshift
