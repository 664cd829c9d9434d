// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/windows/com_variant.hpp"

#include <new>

#include "machine/windows/text.hpp"

namespace upshift::cim {

namespace {

/// How many elements a one-dimensional array has.
LONG size_of(SAFEARRAY* array) {
    LONG lowest = 0;
    LONG highest = -1;
    if (array == nullptr || ::SafeArrayGetDim(array) != 1 ||
        FAILED(::SafeArrayGetLBound(array, 1, &lowest)) || FAILED(::SafeArrayGetUBound(array, 1, &highest))) {
        return 0;
    }
    return highest - lowest + 1;
}

/// Reads the elements in place.
template <typename Element, typename Take>
void each_element(SAFEARRAY* array, const Take& take) {
    const LONG size = size_of(array);
    void* data = nullptr;
    if (size == 0 || FAILED(::SafeArrayAccessData(array, &data))) {
        return;
    }
    const auto* const elements = static_cast<const Element*>(data);
    for (LONG i = 0; i < size; ++i) {
        take(elements[i]);
    }
    ::SafeArrayUnaccessData(array);
}

template <typename Element>
std::vector<std::int64_t> numbers_of(SAFEARRAY* array) {
    std::vector<std::int64_t> numbers;
    each_element<Element>(array, [&](Element element) { numbers.push_back(element); });
    return numbers;
}

SAFEARRAY* new_array(VARTYPE type, std::size_t size) {
    SAFEARRAY* array = ::SafeArrayCreateVector(type, 0, static_cast<ULONG>(size));
    if (array == nullptr) {
        throw std::bad_alloc();
    }
    return array;
}

template <typename Element, typename Put>
Variant array_of(VARTYPE type, const std::vector<Element>& elements, const Put& put) {
    Variant variant;
    variant.pointer()->parray = new_array(type, elements.size());
    variant.pointer()->vt = static_cast<VARTYPE>(VT_ARRAY | type);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (FAILED(put(variant.get().parray, static_cast<LONG>(i), elements[i]))) {
            throw std::bad_alloc();
        }
    }
    return variant;
}

}  // namespace

Bstr::Bstr(std::string_view text) {
    const std::wstring wide = windows::wide(text);
    text_ = ::SysAllocStringLen(wide.data(), static_cast<UINT>(wide.size()));
    if (text_ == nullptr) {
        throw std::bad_alloc();
    }
}

std::string text_of(BSTR text) {
    return text == nullptr ? std::string() : windows::narrow({text, ::SysStringLen(text)});
}

Variant Variant::null() {
    Variant variant;
    variant.variant_.vt = VT_NULL;
    return variant;
}

Variant Variant::from(bool value) {
    Variant variant;
    variant.variant_.vt = VT_BOOL;
    variant.variant_.boolVal = value ? VARIANT_TRUE : VARIANT_FALSE;
    return variant;
}

Variant Variant::from(std::int32_t value) {
    Variant variant;
    variant.variant_.vt = VT_I4;
    variant.variant_.lVal = value;
    return variant;
}

Variant Variant::from(std::string_view text) {
    Variant variant;
    variant.variant_.bstrVal = Bstr(text).release();
    variant.variant_.vt = VT_BSTR;
    return variant;
}

Variant Variant::from(const std::vector<std::string>& texts) {
    return array_of(VT_BSTR, texts, [](SAFEARRAY* array, LONG index, const std::string& element) {
        const Bstr text(element);
        return ::SafeArrayPutElement(array, &index, text.get());
    });
}

Variant Variant::from(const std::vector<std::int64_t>& numbers) {
    return array_of(VT_I4, numbers, [](SAFEARRAY* array, LONG index, std::int64_t element) {
        auto number = static_cast<std::int32_t>(element);
        return ::SafeArrayPutElement(array, &index, &number);
    });
}

std::vector<std::string> texts_in(SAFEARRAY* array) {
    std::vector<std::string> texts;
    each_element<BSTR>(array, [&](BSTR element) { texts.push_back(text_of(element)); });
    return texts;
}

std::vector<std::int64_t> numbers_in(SAFEARRAY* array, VARTYPE type) {
    switch (type) {
        case VT_I4:
            return numbers_of<std::int32_t>(array);
        case VT_UI1:
            return numbers_of<std::uint8_t>(array);
        case VT_I2:
        case VT_BOOL:
            return numbers_of<std::int16_t>(array);
        default:
            return {};
    }
}

}  // namespace upshift::cim
