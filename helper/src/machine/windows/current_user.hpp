// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift {

/// The security identifier ("S-1-5-…") of the user this process runs as; empty where Windows does not tell.
std::wstring current_user_sid();

}  // namespace upshift
