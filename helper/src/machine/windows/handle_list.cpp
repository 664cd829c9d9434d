// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/handle_list.hpp"

#include <system_error>

namespace upshift {

namespace {

SIZE_T size_for_one() {
    SIZE_T size = 0;
    // Without memory it only tells how much it needs.
    ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    return size;
}

void check(BOOL succeeded) {
    if (succeeded == FALSE) {
        throw std::system_error(static_cast<int>(::GetLastError()), std::system_category());
    }
}

}  // namespace

HandleList::HandleList(HANDLE only) : only_(only), memory_(size_for_one()) {
    SIZE_T size = memory_.size();
    check(::InitializeProcThreadAttributeList(get(), 1, 0, &size));
    check(::UpdateProcThreadAttribute(get(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, static_cast<void*>(&only_),
                                      sizeof(only_), nullptr, nullptr));
}

}  // namespace upshift
