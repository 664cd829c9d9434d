// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/windows_machine.hpp"

#include <windows.h>

#include <array>
#include <string>

#include "machine/windows/unique_handle.hpp"

namespace upshift {

namespace {

/// A place of the registry that asks for a restart: by being there, or by holding that value.
struct RebootMark {
    const char* name;
    const wchar_t* key;
    const wchar_t* value;  ///< nullptr: the key alone says it
};

// "Determine whether a computer has pending restarts", Microsoft, and what other tools look at.
constexpr std::array<RebootMark, 4> reboot_marks{{
    {"PendingFileRenameOperations", LR"(SYSTEM\CurrentControlSet\Control\Session Manager)",
     L"PendingFileRenameOperations"},
    {"PendingFileRenameOperations2", LR"(SYSTEM\CurrentControlSet\Control\Session Manager)",
     L"PendingFileRenameOperations2"},
    {"Component Based Servicing",
     LR"(SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending)", nullptr},
    {"Windows Update",
     LR"(SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired)", nullptr},
}};

bool is_set(const RebootMark& mark) {
    RegistryKey key;
    const REGSAM access = KEY_QUERY_VALUE | KEY_WOW64_64KEY;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, mark.key, 0, access, key.receive()) != ERROR_SUCCESS) {
        return false;
    }
    if (mark.value == nullptr) {
        return true;
    }
    DWORD bytes = 0;
    const auto result = RegQueryValueExW(key.get(), mark.value, nullptr, nullptr, nullptr, &bytes);
    // An empty list of texts is two NULs long at most.
    return result == ERROR_SUCCESS && bytes > 2 * sizeof(wchar_t);
}

}  // namespace

bool WindowsMachine::installer_busy() {
    // The installer service holds the mutex while it executes a sequence ("_MSIExecute Mutex", Windows
    // Installer). Somebody may have made it without holding it, so that its being there is not enough.
    const KernelHandle mutex(OpenMutexW(SYNCHRONIZE, FALSE, LR"(Global\_MSIExecute)"));
    if (!mutex) {
        return GetLastError() == ERROR_ACCESS_DENIED;
    }
    const DWORD state = WaitForSingleObject(mutex.get(), 0);
    if (state == WAIT_OBJECT_0 || state == WAIT_ABANDONED) {
        ReleaseMutex(mutex.get());
        return false;
    }
    return state == WAIT_TIMEOUT;
}

std::vector<std::string> WindowsMachine::pending_reboots() {
    std::vector<std::string> pending;
    for (const auto& mark : reboot_marks) {
        if (is_set(mark)) {
            pending.emplace_back(mark.name);
        }
    }
    return pending;
}

}  // namespace upshift
