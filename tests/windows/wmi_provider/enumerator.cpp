// SPDX-License-Identifier: GPL-3.0-or-later
#include "enumerator.hpp"

namespace upshift::test_provider {

HRESULT Enumerator::Next(LONG, ULONG count, IWbemClassObject** objects, ULONG* returned) {
    return answered([&] {
        *returned = 0;
        blanket_->expect();
        if (rows_.definition == nullptr) {
            rows_ = instances_->query(query_);
        }
        while (*returned < count && next_ < rows_.instances.size()) {
            objects[(*returned)++] = new_class_object(instances_->row(rows_, next_++));
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
