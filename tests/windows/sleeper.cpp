// SPDX-License-Identifier: GPL-3.0-or-later
// A custom action that takes its time: sleeper.exe MILLISECONDS [EXIT CODE]
#include <windows.h>

#include <cwchar>

int wmain(int count, wchar_t** arguments) {
    Sleep(count > 1 ? std::wcstoul(arguments[1], nullptr, 10) : 0);
    return count > 2 ? static_cast<int>(std::wcstol(arguments[2], nullptr, 10)) : 0;
}
