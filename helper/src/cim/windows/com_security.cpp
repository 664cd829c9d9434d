// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/windows/com_security.hpp"

#include "cim/wmi_codes.hpp"

namespace upshift::cim {

namespace {

void check(HRESULT result, const char* attempted) {
    if (FAILED(result)) {
        throw wmi_error(static_cast<std::uint32_t>(result), attempted, "this computer");
    }
}

}  // namespace

ComProcess::ComProcess() {
    check(::CoIncrementMTAUsage(&cookie_), "prepare COM on");
    const ComThread thread;
    const HRESULT result =
        ::CoInitializeSecurity(nullptr, -1, nullptr, nullptr, RPC_C_AUTHN_LEVEL_PKT_PRIVACY,
                               RPC_C_IMP_LEVEL_IMPERSONATE, nullptr, EOAC_NONE, nullptr);
    // Somebody in this process was first: every proxy has its own settings anyway.
    if (result != RPC_E_TOO_LATE) {
        check(result, "set the security of COM on");
    }
}

ComProcess::~ComProcess() {
    ::CoDecrementMTAUsage(cookie_);
}

ComThread::ComThread() : entered_(SUCCEEDED(::CoInitializeEx(nullptr, COINIT_MULTITHREADED))) {}

ComThread::~ComThread() {
    if (entered_) {
        ::CoUninitialize();
    }
}

HRESULT protect(IUnknown& proxy) {
    // "Setting the Security on IUnknown and Other Interfaces": WMI's own choice of the service, this user.
    const HRESULT result =
        ::CoSetProxyBlanket(&proxy, RPC_C_AUTHN_DEFAULT, RPC_C_AUTHZ_DEFAULT, COLE_DEFAULT_PRINCIPAL,
                            RPC_C_AUTHN_LEVEL_PKT_PRIVACY, RPC_C_IMP_LEVEL_IMPERSONATE, nullptr, EOAC_NONE);
    return result == E_NOINTERFACE ? S_OK : result;
}

}  // namespace upshift::cim
