// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <atomic>
#include <exception>
#include <unknwn.h>
#include <wbemcli.h>

#include "call_record.hpp"
#include "simulation/model_world.hpp"

namespace upshift::test_provider {

/// A code of winerror.h or wbemcli.h, whose constants are of several types.
template <typename Code>
constexpr HRESULT as_result(Code code) {
    return static_cast<HRESULT>(code);
}

/// A call that ends with that code.
struct WmiFailure {
    HRESULT result;
};

template <typename Code>
[[noreturn]] void fail(Code code) {
    throw WmiFailure{as_result(code)};
}

/// Runs the body of a call of an interface; what it throws becomes the call's result.
template <typename Body>
HRESULT answered(const Body& body) {
    try {
        return body();
    } catch (const WmiFailure& failure) {
        return failure.result;
    } catch (const simulation::CimFault& fault) {
        return as_result(fault.code());
    } catch (const std::exception& error) {
        record_call("error of the provider", {{"what", error.what()}});
        return as_result(WBEM_E_FAILED);
    }
}

// An interface of COM has no destructor: Release alone destroys.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"

/// An object with that one interface. Its creator holds the first reference, which counts as a client's.
template <typename Interface>
class ComObject : public Interface {
  public:
    ComObject() { count_references(1); }
    ComObject(const ComObject&) = delete;
    ComObject& operator=(const ComObject&) = delete;
    virtual ~ComObject() = default;

    ULONG STDMETHODCALLTYPE AddRef() override {
        count_references(1);
        return ++references_;
    }
    ULONG STDMETHODCALLTYPE Release() override {
        count_references(-1);
        const ULONG left = --references_;
        if (left == 0) {
            delete this;
        }
        return left;
    }
    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override {
        if (object == nullptr) {
            return E_POINTER;
        }
        *object = nullptr;
        if (::IsEqualGUID(id, IID_IUnknown) || ::IsEqualGUID(id, interface_id())) {
            *object = static_cast<Interface*>(this);
            this->AddRef();
            return S_OK;
        }
        return other_interface(id, object);
    }

  protected:
    virtual const IID& interface_id() const = 0;
    virtual HRESULT other_interface(REFIID, void**) { return E_NOINTERFACE; }

  private:
    std::atomic<ULONG> references_ = 1;
};

#pragma GCC diagnostic pop

}  // namespace upshift::test_provider
