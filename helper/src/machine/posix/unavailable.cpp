// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/unavailable.hpp"

namespace upshift {

ErrorDetail no_hyperv_session() {
    return {.kind = ErrorKind::invalid_arguments,
            .attempted = "reach a Hyper-V host",
            .found = "no argument says which",
            .needed = "the argument 'simulation', the path of a described host",
            .hint =
                "This is the helper for Linux. On a Hyper-V host upshift.exe reaches its own: in Ansible, "
                "give the "
                "task to that host over winrm, psrp or ssh."};
}

ErrorDetail no_windows_installer() {
    return {.kind = ErrorKind::invalid_arguments,
            .attempted = "reach Windows Installer",
            .found = "this is the helper for Linux",
            .needed = "upshift.exe on Windows, or the argument 'simulation', the path of a described host",
            .hint = "The argument 'endpoint', which reaches Windows from Linux, is not yet available."};
}

}  // namespace upshift
