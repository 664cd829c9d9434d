// SPDX-License-Identifier: GPL-3.0-or-later
// A custom action that writes to both output streams, as badly behaved packages do.
#include <windows.h>

#include <string_view>

namespace {

void write(DWORD stream, std::string_view text) {
    DWORD written = 0;
    WriteFile(GetStdHandle(stream), text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
}

}  // namespace

int wmain() {
    write(STD_OUTPUT_HANDLE, "noise on standard output\n");
    write(STD_ERROR_HANDLE, "noise on standard error\n");
    return 0;
}
