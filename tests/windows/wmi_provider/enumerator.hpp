// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "blanket.hpp"
#include "class_object.hpp"
#include "unused_calls.hpp"

namespace upshift::test_provider {

/// The rows of a query. It is carried out at the first Next, which is where its errors show, as with every
/// semisynchronous query.
class Enumerator : public UnusedEnumeratorCalls {
  public:
    using Read = std::function<std::vector<ObjectContent>()>;

    explicit Enumerator(Read read) : read_(std::move(read)) {}

    HRESULT STDMETHODCALLTYPE Next(LONG timeout, ULONG count, IWbemClassObject** objects,
                                   ULONG* returned) override;

  protected:
    HRESULT other_interface(REFIID id, void** object) override;

  private:
    Read read_;
    std::shared_ptr<Blanket> blanket_ = std::make_shared<Blanket>();
    std::vector<ObjectContent> rows_;
    std::size_t next_ = 0;
};

}  // namespace upshift::test_provider
