// SPDX-License-Identifier: GPL-3.0-or-later
#include "values.hpp"

#include "class_object.hpp"
#include "com_object.hpp"
#include "machine/windows/text.hpp"
#include "path_text.hpp"

namespace upshift::test_provider {

using cim::Value;

namespace {

void put_text(const std::string& text, VARIANT& variant) {
    variant.vt = VT_BSTR;
    variant.bstrVal = new_bstr(text);
}

/// "Numbers" (WMI): uint8 comes as VT_UI1, sint16 as VT_I2, uint16, sint32 and uint32 as VT_I4, 64 bits as
/// text.
void put_number(std::int64_t number, CIMTYPE type, VARIANT& variant) {
    switch (type) {
        case CIM_UINT8:
            variant.vt = VT_UI1;
            variant.bVal = static_cast<BYTE>(number);
            break;
        case CIM_SINT16:
            variant.vt = VT_I2;
            variant.iVal = static_cast<SHORT>(number);
            break;
        case CIM_UINT64:
        case CIM_SINT64:
            put_text(std::to_string(number), variant);
            break;
        default:
            variant.vt = VT_I4;
            variant.lVal = static_cast<LONG>(number);
    }
}

void put_texts(const std::vector<std::string>& texts, VARIANT& variant) {
    variant.vt = VT_ARRAY | VT_BSTR;
    variant.parray = ::SafeArrayCreateVector(VT_BSTR, 0, static_cast<ULONG>(texts.size()));
    for (LONG i = 0; i < static_cast<LONG>(texts.size()); ++i) {
        const BSTR text = new_bstr(texts[static_cast<std::size_t>(i)]);
        ::SafeArrayPutElement(variant.parray, &i, text);
        ::SysFreeString(text);
    }
}

std::vector<std::string> taken_texts(SAFEARRAY* array) {
    LONG low = 0;
    LONG high = -1;
    ::SafeArrayGetLBound(array, 1, &low);
    ::SafeArrayGetUBound(array, 1, &high);
    std::vector<std::string> texts;
    for (LONG i = low; i <= high; ++i) {
        BSTR text = nullptr;
        ::SafeArrayGetElement(array, &i, static_cast<void*>(&text));
        texts.push_back(narrow(text));
        ::SysFreeString(text);
    }
    return texts;
}

Value checked_number(std::int64_t number, std::int64_t lowest, std::int64_t highest) {
    if (number < lowest || number > highest) {
        fail(WBEM_E_VALUE_OUT_OF_RANGE);
    }
    return number;
}

}  // namespace

std::string narrow(const wchar_t* text) {
    return text == nullptr ? std::string() : windows::narrow(text);
}

BSTR new_bstr(std::string_view text) {
    const auto wide_text = windows::wide(text);
    return ::SysAllocStringLen(wide_text.data(), static_cast<UINT>(wide_text.size()));
}

void to_variant(const Value& value, CIMTYPE type, const std::string& prefix, VARIANT& variant) {
    variant.vt = VT_NULL;
    if (const auto* flag = std::get_if<bool>(&value)) {
        variant.vt = VT_BOOL;
        variant.boolVal = *flag ? VARIANT_TRUE : VARIANT_FALSE;
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        put_number(*number, type, variant);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        put_text(*text, variant);
    } else if (const auto* path = std::get_if<cim::ObjectPath>(&value)) {
        put_text(prefix + path_text(*path), variant);
    } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        put_texts(*texts, variant);
    } else if (const auto* embedded = std::get_if<cim::EmbeddedInstance>(&value)) {
        variant.vt = VT_UNKNOWN;
        variant.punkVal = new_embedded_object(*embedded);
    }
}

Value from_variant(const VARIANT& variant, CIMTYPE type) {
    if (variant.vt == VT_NULL || variant.vt == VT_EMPTY) {
        return {};
    }
    const auto expect = [&](VARTYPE wanted) {
        if (variant.vt != wanted) {
            fail(WBEM_E_TYPE_MISMATCH);
        }
    };
    switch (type) {
        case CIM_BOOLEAN:
            expect(VT_BOOL);
            return variant.boolVal != VARIANT_FALSE;
        case CIM_UINT16:
            expect(VT_I4);
            return checked_number(variant.lVal, 0, 0xFFFF);
        case CIM_UINT32:
            expect(VT_I4);
            return std::int64_t{static_cast<std::uint32_t>(variant.lVal)};
        case CIM_STRING:
        case CIM_DATETIME:
            expect(VT_BSTR);
            // A null BSTR is NULL, and not an empty text.
            return variant.bstrVal == nullptr ? Value() : Value(narrow(variant.bstrVal));
        case CIM_REFERENCE: {
            expect(VT_BSTR);
            const auto path = parse_path(narrow(variant.bstrVal));
            if (!path || path->keys.empty()) {
                fail(WBEM_E_INVALID_OBJECT_PATH);
            }
            return *path;
        }
        case CIM_STRING | CIM_FLAG_ARRAY:
            expect(VT_ARRAY | VT_BSTR);
            return taken_texts(variant.parray);
        default:
            fail(WBEM_E_TYPE_MISMATCH);
    }
}

}  // namespace upshift::test_provider
