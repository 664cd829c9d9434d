// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "blanket.hpp"
#include "instances.hpp"
#include "unused_calls.hpp"

namespace upshift::test_provider {

/// One namespace of one described host. Refuses what real ones refuse, and calls that are not encrypted.
class Services : public UnusedServicesCalls {
  public:
    explicit Services(Instances instances) : instances_(std::make_shared<Instances>(std::move(instances))) {}

    HRESULT STDMETHODCALLTYPE GetObject(BSTR path, LONG flags, IWbemContext* context,
                                        IWbemClassObject** object, IWbemCallResult** result) override;
    HRESULT STDMETHODCALLTYPE ExecQuery(BSTR language, BSTR text, LONG flags, IWbemContext* context,
                                        IEnumWbemClassObject** rows) override;
    HRESULT STDMETHODCALLTYPE ExecMethod(BSTR path, BSTR method, LONG flags, IWbemContext* context,
                                         IWbemClassObject* in, IWbemClassObject** out,
                                         IWbemCallResult** result) override;

  protected:
    HRESULT other_interface(REFIID id, void** object) override;

  private:
    std::shared_ptr<Instances> instances_;
    std::shared_ptr<Blanket> blanket_ = std::make_shared<Blanket>();
};

/// A connection to a resource such as `root\cimv2` or `\\host\root\virtualization\v2`. Throws WmiFailure and
/// CimFault. The caller holds the one reference.
IWbemServices* connect(const std::string& resource);

}  // namespace upshift::test_provider
