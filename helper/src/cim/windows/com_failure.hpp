// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <wbemcli.h>

namespace upshift::cim {

/// A call of COM that gave this HRESULT. Never leaves the session: it becomes a CimError there.
struct ComFailure {
    HRESULT result;
};

inline void check(HRESULT result) {
    if (FAILED(result)) {
        throw ComFailure{result};
    }
}

/// WMI's own codes are of another type in its header.
constexpr HRESULT as_result(WBEMSTATUS status) {
    return static_cast<HRESULT>(status);
}

}  // namespace upshift::cim
