// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/windows/com_value.hpp"

#include "cim/object_path_text.hpp"

namespace upshift::cim {

namespace {

/// The properties that the class itself has; those that are no text or number are left out.
EmbeddedInstance embedded_instance(IUnknown* unknown) {
    EmbeddedInstance instance;
    ComPointer<IWbemClassObject> object;
    if (unknown == nullptr || FAILED(unknown->QueryInterface(IID_IWbemClassObject, object.receive_any())) ||
        FAILED(object->BeginEnumeration(WBEM_FLAG_NONSYSTEM_ONLY))) {
        return instance;
    }
    instance.class_name = system_text(*object.get(), L"__CLASS");
    while (true) {
        ReceivedBstr name;
        TypedVariant property;
        if (object->Next(0, name.receive(), property.variant.receive(), &property.type, nullptr) !=
            WBEM_S_NO_ERROR) {
            break;
        }
        const std::string property_name = text_of(name.get());
        const auto value = value_from(property.variant.get(), property.type);
        if (const auto* text = std::get_if<std::string>(&value)) {
            instance.properties.emplace_back(property_name, *text);
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            instance.properties.emplace_back(property_name, std::to_string(*number));
        }
    }
    object->EndEnumeration();
    return instance;
}

Value array_value(const VARIANT& variant) {
    const auto type = static_cast<VARTYPE>(variant.vt & ~VT_ARRAY);
    if (type == VT_BSTR) {
        return texts_in(variant.parray);
    }
    return numbers_in(variant.parray, type);
}

Value text_value(BSTR text, CIMTYPE type) {
    if (type == CIM_REFERENCE) {
        const auto path = parse_object_path(text_of(text));
        return path ? Value(*path) : Value();
    }
    return text_of(text);
}

}  // namespace

Value value_from(const VARIANT& variant, CIMTYPE type) {
    if ((variant.vt & VT_ARRAY) != 0) {
        return array_value(variant);
    }
    switch (variant.vt) {
        case VT_BOOL:
            return variant.boolVal != VARIANT_FALSE;
        case VT_BSTR:
            return text_value(variant.bstrVal, type);
        case VT_UI1:
            return std::int64_t{variant.bVal};
        case VT_I2:
            return type == CIM_UINT16 ? std::int64_t{static_cast<std::uint16_t>(variant.iVal)}
                                      : std::int64_t{variant.iVal};
        case VT_I4:
            // An unsigned number comes in a signed one of the same width.
            return type == CIM_UINT32 ? std::int64_t{static_cast<std::uint32_t>(variant.lVal)}
                                      : std::int64_t{variant.lVal};
        case VT_R4:
            return std::to_string(variant.fltVal);
        case VT_R8:
            return std::to_string(variant.dblVal);
        case VT_UNKNOWN:
            return embedded_instance(variant.punkVal);
        default:
            return {};
    }
}

bool read_property(IWbemClassObject& object, const wchar_t* name, TypedVariant& result) {
    return SUCCEEDED(object.Get(name, 0, result.variant.receive(), &result.type, nullptr));
}

std::string system_text(IWbemClassObject& object, const wchar_t* name) {
    TypedVariant property;
    const bool is_text = read_property(object, name, property) && property.variant.get().vt == VT_BSTR;
    return is_text ? text_of(property.variant.get().bstrVal) : std::string();
}

ObjectPath path_of(IWbemClassObject& object, const std::string& class_name) {
    return parse_object_path(system_text(object, L"__RELPATH")).value_or(ObjectPath{class_name, {}});
}

}  // namespace upshift::cim
