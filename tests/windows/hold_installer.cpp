// SPDX-License-Identifier: GPL-3.0-or-later
// Plays an installation of somebody else's: holds the mutex by which Windows Installer says that it is at
// work
// ("_MSIExecute Mutex"), which Wine's does not have. Prints a line once it is held: hold_installer.exe
// MILLISECONDS
#include <windows.h>

#include <cstdio>
#include <cwchar>

int wmain(int count, wchar_t** arguments) {
    HANDLE mutex = CreateMutexW(nullptr, TRUE, LR"(Global\_MSIExecute)");
    if (mutex == nullptr || GetLastError() == ERROR_ALREADY_EXISTS) {
        std::fputs("hold_installer: somebody else holds it\n", stderr);
        return 1;
    }
    std::puts("held");
    std::fflush(stdout);
    Sleep(count > 1 ? std::wcstoul(arguments[1], nullptr, 10) : 0);
    ReleaseMutex(mutex);
    CloseHandle(mutex);
    return 0;
}
