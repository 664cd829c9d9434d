// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

// What the tests look at afterwards. Both files outlive the process, which ends without saying goodbye.
namespace upshift::test_provider {

/// Adds a line of JSON to the file that UPSHIFT_WMI_RECORD names, if it names one.
void record_call(const std::string& call, const std::vector<std::pair<std::string, std::string>>& details);

/// Counts references to the provider's objects that clients hold, in the eight bytes of the file that
/// UPSHIFT_WMI_REFERENCES names, if it names one.
void count_references(int change);

}  // namespace upshift::test_provider
