// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/error.hpp"

namespace upshift {

/// Why this build has no session to a Hyper-V host of its own, and the way out.
ErrorDetail no_hyperv_session();

/// Why this build has no Windows Installer, and the way out.
ErrorDetail no_windows_installer();

}  // namespace upshift
