// SPDX-License-Identifier: GPL-3.0-or-later
#include "enumerator.hpp"

#include <utility>

namespace upshift::test_provider {

HRESULT Enumerator::Next(LONG, ULONG count, IWbemClassObject** objects, ULONG* returned) {
    return answered([&] {
        *returned = 0;
        blanket_->expect();
        if (read_) {
            rows_ = std::exchange(read_, nullptr)();
        }
        while (*returned < count && next_ < rows_.size()) {
            objects[(*returned)++] = new_class_object(std::move(rows_[next_++]));
        }
        return *returned == count ? as_result(WBEM_S_NO_ERROR) : as_result(WBEM_S_FALSE);
    });
}

HRESULT Enumerator::other_interface(REFIID id, void** object) {
    if (!::IsEqualGUID(id, IID_IClientSecurity)) {
        return E_NOINTERFACE;
    }
    *object = new BlanketSetter(blanket_);
    return S_OK;
}

}  // namespace upshift::test_provider
