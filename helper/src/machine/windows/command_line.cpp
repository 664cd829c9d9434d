// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/command_line.hpp"

#include <windows.h>

#include <shellapi.h>

#include "machine/windows/text.hpp"

namespace upshift {

// The words that main gets are in the code page of the system, which cannot spell every name.
std::vector<std::string> command_line_words(int /*count*/, const char* const* /*words*/) {
    int count = 0;
    wchar_t** const words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
    std::vector<std::string> converted;
    for (int i = 1; i < count; ++i) {
        converted.push_back(windows::narrow(words[i]));
    }
    ::LocalFree(static_cast<HLOCAL>(words));
    return converted;
}

}  // namespace upshift
