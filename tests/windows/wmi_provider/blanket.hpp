// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <atomic>
#include <memory>
#include <objidl.h>

#include "com_object.hpp"

namespace upshift::test_provider {

/// Whether the calls of one proxy are encrypted, and made in the caller's name, as root\MSCluster demands.
struct Blanket {
    std::atomic<bool> protects = false;

    void expect() const {
        if (!protects) {
            fail(WBEM_E_ENCRYPTED_CONNECTION_REQUIRED);
        }
    }
};

/// What a proxy manager offers: CoSetProxyBlanket arrives here.
class BlanketSetter : public ComObject<IClientSecurity> {
  public:
    explicit BlanketSetter(std::shared_ptr<Blanket> blanket) : blanket_(std::move(blanket)) {}

    HRESULT STDMETHODCALLTYPE SetBlanket(IUnknown*, DWORD, DWORD, OLECHAR*, DWORD authentication,
                                         DWORD impersonation, void*, DWORD) override {
        blanket_->protects =
            authentication == RPC_C_AUTHN_LEVEL_PKT_PRIVACY && impersonation == RPC_C_IMP_LEVEL_IMPERSONATE;
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE QueryBlanket(IUnknown*, DWORD*, DWORD*, OLECHAR**, DWORD*, DWORD*, void**,
                                           DWORD*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE CopyProxy(IUnknown*, IUnknown**) override { return E_NOTIMPL; }

  protected:
    const IID& interface_id() const override { return IID_IClientSecurity; }

  private:
    std::shared_ptr<Blanket> blanket_;
};

}  // namespace upshift::test_provider
