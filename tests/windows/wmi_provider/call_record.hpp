// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

// What the tests look at afterwards. Both files outlive the process, which ends without saying goodbye.
namespace upshift::test_provider {

/// Adds a line of JSON to the file that UPSHIFT_WMI_RECORD names, if it names one.
void record_call(const std::string& call, const std::vector<std::pair<std::string, std::string>>& details);

/// Counts references to the provider's objects that this process holds, in the eight bytes of a file of its
/// own: the one that UPSHIFT_WMI_REFERENCES names, if it names one, with a dot and the process's number after
/// it.
void count_references(int change);

}  // namespace upshift::test_provider
