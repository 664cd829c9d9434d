// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "blanket.hpp"
#include "instances.hpp"
#include "unused_calls.hpp"

namespace upshift::test_provider {

/// The rows of a query. It is carried out at the first Next, which is where its errors show, as with every
/// semisynchronous query.
class Enumerator : public UnusedEnumeratorCalls {
  public:
    Enumerator(std::shared_ptr<Instances> instances, ParsedQuery query)
        : instances_(std::move(instances)), query_(std::move(query)) {}

    HRESULT STDMETHODCALLTYPE Next(LONG timeout, ULONG count, IWbemClassObject** objects,
                                   ULONG* returned) override;

  protected:
    HRESULT other_interface(REFIID id, void** object) override;

  private:
    std::shared_ptr<Instances> instances_;
    ParsedQuery query_;
    std::shared_ptr<Blanket> blanket_ = std::make_shared<Blanket>();
    Rows rows_;
    std::size_t next_ = 0;
};

}  // namespace upshift::test_provider
