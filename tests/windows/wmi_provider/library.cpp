// SPDX-License-Identifier: GPL-3.0-or-later
// What COM finds in the library: the locator and the writer of object texts, in place of those of Windows.
#include <windows.h>

#include <unknwn.h>
#include <wbemcli.h>

#include "com_object.hpp"
#include "embedded_text.hpp"
#include "services.hpp"
#include "values.hpp"

namespace upshift::test_provider {

namespace {

class Locator : public ComObject<IWbemLocator> {
  public:
    HRESULT STDMETHODCALLTYPE ConnectServer(BSTR resource, BSTR user, BSTR password, BSTR, LONG, BSTR,
                                            IWbemContext*, IWbemServices** services) override {
        return answered([&] {
            record_call("ConnectServer", {{"resource", narrow(resource)}});
            if (user != nullptr || password != nullptr) {
                fail(WBEM_E_LOCAL_CREDENTIALS);
            }
            *services = connect(narrow(resource));
            return as_result(WBEM_S_NO_ERROR);
        });
    }

  protected:
    const IID& interface_id() const override { return IID_IWbemLocator; }
};

class TextWriter : public ComObject<IWbemObjectTextSrc> {
  public:
    HRESULT STDMETHODCALLTYPE GetText(LONG, IWbemClassObject* object, ULONG format, IWbemContext*,
                                      BSTR* text) override {
        return answered([&] {
            const auto* content = content_of(object);
            if (content == nullptr ||
                (format != WMI_OBJ_TEXT_CIM_DTD_2_0 && format != WMI_OBJ_TEXT_WMI_DTD_2_0)) {
                fail(WBEM_E_INVALID_PARAMETER);
            }
            *text = new_bstr(embedded_text(*content));
            return as_result(WBEM_S_NO_ERROR);
        });
    }
    HRESULT STDMETHODCALLTYPE CreateFromText(LONG, BSTR, ULONG, IWbemContext*, IWbemClassObject**) override {
        return E_NOTIMPL;
    }

  protected:
    const IID& interface_id() const override { return IID_IWbemObjectTextSrc; }
};

template <typename Object>
class Factory : public ComObject<IClassFactory> {
  public:
    HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID id, void** object) override {
        if (outer != nullptr) {
            return CLASS_E_NOAGGREGATION;
        }
        auto* const made = new Object();
        const HRESULT result = made->QueryInterface(id, object);
        made->Release();
        return result;
    }
    HRESULT STDMETHODCALLTYPE LockServer(BOOL) override { return S_OK; }

  protected:
    const IID& interface_id() const override { return IID_IClassFactory; }
};

template <typename Object>
HRESULT make_factory(REFIID id, void** object) {
    auto* const factory = new Factory<Object>();
    const HRESULT result = factory->QueryInterface(id, object);
    factory->Release();
    return result;
}

}  // namespace

}  // namespace upshift::test_provider

extern "C" {

__declspec(dllexport) HRESULT STDMETHODCALLTYPE DllGetClassObject(REFCLSID class_id, REFIID id,
                                                                  void** object) {
    using namespace upshift::test_provider;
    if (::IsEqualGUID(class_id, CLSID_WbemLocator)) {
        return make_factory<Locator>(id, object);
    }
    if (::IsEqualGUID(class_id, CLSID_WbemObjectTextSrc)) {
        return make_factory<TextWriter>(id, object);
    }
    return CLASS_E_CLASSNOTAVAILABLE;
}

__declspec(dllexport) HRESULT STDMETHODCALLTYPE DllCanUnloadNow() {
    return S_FALSE;
}
}
