// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/system_library.hpp"

#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"

namespace upshift {

SystemLibrary::SystemLibrary(const wchar_t* name)
    : name_(windows::narrow(name)), library_(LoadLibraryExW(name, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32)) {
    if (!library_) {
        ErrorDetail detail = system_error(GetLastError());
        detail.kind = ErrorKind::not_supported;
        detail.attempted = "load the system library";
        detail.object = name_;
        throw OperationError(detail);
    }
}

void* SystemLibrary::address(const char* name) const {
    void* found = reinterpret_cast<void*>(GetProcAddress(library_.get(), name));
    if (found == nullptr) {
        ErrorDetail detail = system_error(GetLastError());
        detail.kind = ErrorKind::not_supported;
        detail.attempted = "find a function of " + name_;
        detail.object = name;
        throw OperationError(detail);
    }
    return found;
}

}  // namespace upshift
