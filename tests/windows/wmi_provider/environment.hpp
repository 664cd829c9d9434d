// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace upshift::test_provider {

/// A variable of the process's environment; empty where it is not set.
std::wstring environment(const wchar_t* name);

}  // namespace upshift::test_provider
