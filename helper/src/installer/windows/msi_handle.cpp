// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/msi_handle.hpp"

#include "machine/windows/text.hpp"

namespace upshift {

std::string record_text(const MsiFunctions& msi, MSIHANDLE record, unsigned field) {
    return windows::narrow(read_text([&](wchar_t* buffer, DWORD* size) {
                               return msi.record_text(record, field, buffer, size);
                           }).second);
}

}  // namespace upshift
