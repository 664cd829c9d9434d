// SPDX-License-Identifier: GPL-3.0-or-later
// A custom action that leaves a file behind, to show that it ran: marker.exe FILE [EXIT CODE]
#include <windows.h>

#include <cwchar>

int wmain(int count, wchar_t** arguments) {
    if (count < 2) {
        return 1;
    }
    HANDLE file =
        CreateFileW(arguments[1], GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    CloseHandle(file);
    return count > 2 ? static_cast<int>(std::wcstol(arguments[2], nullptr, 10)) : 0;
}
