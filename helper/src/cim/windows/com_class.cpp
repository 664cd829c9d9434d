// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/windows/com_class.hpp"

#include "cim/object_path_text.hpp"
#include "cim/windows/com_failure.hpp"
#include "cim/windows/com_value.hpp"
#include "machine/windows/text.hpp"

namespace upshift::cim {

namespace {

std::vector<std::string> key_names(IWbemClassObject& definition) {
    Variant names;
    SAFEARRAY* array = nullptr;
    if (FAILED(definition.GetNames(nullptr, WBEM_FLAG_KEYS_ONLY, nullptr, &array)) || array == nullptr) {
        return {};
    }
    names.pointer()->parray = array;
    names.pointer()->vt = VT_ARRAY | VT_BSTR;
    return texts_in(array);
}

/// A setting as the text that a parameter takes: CIM-XML, as PowerShell's own GetText(1) makes it.
Variant embedded_text(IWbemServices& services, const EmbeddedInstance& setting) {
    ComPointer<IWbemClassObject> definition;
    ComPointer<IWbemClassObject> instance;
    const Bstr class_name(setting.class_name);
    check(services.GetObject(class_name.get(), 0, nullptr, definition.receive(), nullptr));
    check(definition->SpawnInstance(0, instance.receive()));
    for (const auto& [name, text] : setting.properties) {
        auto value = Variant::from(std::string_view(text));
        check(instance->Put(windows::wide(name).c_str(), 0, value.pointer(), 0));
    }
    ComPointer<IWbemObjectTextSrc> writer;
    check(::CoCreateInstance(CLSID_WbemObjectTextSrc, nullptr, CLSCTX_INPROC_SERVER, IID_IWbemObjectTextSrc,
                             writer.receive_any()));
    Variant text;
    BSTR written = nullptr;
    check(writer->GetText(0, instance.get(), WMI_OBJ_TEXT_CIM_DTD_2_0, nullptr, &written));
    text.pointer()->bstrVal = written;
    text.pointer()->vt = VT_BSTR;
    return text;
}

/// Makes each parameter the VARIANT that its CIM type asks for.
class ParameterWriter {
  public:
    ParameterWriter(IWbemServices& services, const ComClass& of_class)
        : services_(services), prefix_(of_class.path_prefix()) {}

    Variant write(const Value& value, CIMTYPE type) const {
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            return number_of(*number, type);
        }
        if (const auto* flag = std::get_if<bool>(&value)) {
            return Variant::from(*flag);
        }
        if (const auto* text = std::get_if<std::string>(&value)) {
            return Variant::from(std::string_view(*text));
        }
        if (const auto* path = std::get_if<ObjectPath>(&value)) {
            return Variant::from(std::string_view(prefix_ + object_path_text(*path)));
        }
        if (const auto* setting = std::get_if<EmbeddedInstance>(&value)) {
            return embedded_text(services_, *setting);
        }
        if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
            return Variant::from(*texts);
        }
        if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&value)) {
            return Variant::from(*numbers);
        }
        return Variant::null();
    }

  private:
    static Variant number_of(std::int64_t number, CIMTYPE type) {
        if (type == CIM_SINT64 || type == CIM_UINT64) {
            return Variant::from(std::string_view(std::to_string(number)));
        }
        return Variant::from(static_cast<std::int32_t>(number));
    }

    IWbemServices& services_;
    const std::string& prefix_;
};

}  // namespace

ComClass::ComClass(ComPointer<IWbemClassObject> definition)
    : definition_(std::move(definition)), keys_(key_names(*definition_.get())) {
    const auto server = system_text(*definition_.get(), L"__SERVER");
    const auto space = system_text(*definition_.get(), L"__NAMESPACE");
    if (!server.empty() && !space.empty()) {
        path_prefix_.append(R"(\\)").append(server).append("\\").append(space).append(":");
    }
}

ComPointer<IWbemClassObject> in_parameters(IWbemServices& services, const ComClass& of_class,
                                           const std::string& method, const NamedValues& parameters) {
    ComPointer<IWbemClassObject> signature;
    const HRESULT found =
        of_class.definition().GetMethod(windows::wide(method).c_str(), 0, signature.receive(), nullptr);
    check(found == as_result(WBEM_E_NOT_FOUND) ? as_result(WBEM_E_INVALID_METHOD) : found);
    if (!signature) {
        check(parameters.empty() ? S_OK : as_result(WBEM_E_INVALID_METHOD_PARAMETERS));
        return {};
    }
    ComPointer<IWbemClassObject> call;
    check(signature->SpawnInstance(0, call.receive()));
    const ParameterWriter writer(services, of_class);
    for (const auto& [name, value] : parameters) {
        const auto wide_name = windows::wide(name);
        TypedVariant declared;
        if (!read_property(*signature.get(), wide_name.c_str(), declared)) {
            check(as_result(WBEM_E_INVALID_METHOD_PARAMETERS));
        }
        auto variant = writer.write(value, declared.type);
        check(call->Put(wide_name.c_str(), 0, variant.pointer(), 0));
    }
    return call;
}

MethodResult method_result(IWbemClassObject* out) {
    MethodResult result;
    if (out == nullptr) {
        return result;
    }
    check(out->BeginEnumeration(WBEM_FLAG_NONSYSTEM_ONLY));
    while (true) {
        ReceivedBstr name;
        TypedVariant parameter;
        if (out->Next(0, name.receive(), parameter.variant.receive(), &parameter.type, nullptr) !=
            WBEM_S_NO_ERROR) {
            break;
        }
        auto parameter_name = text_of(name.get());
        auto value = value_from(parameter.variant.get(), parameter.type);
        const auto* number = std::get_if<std::int64_t>(&value);
        if (parameter_name == "ReturnValue" && number != nullptr) {
            result.return_value = static_cast<std::uint32_t>(*number);
        } else {
            result.out.emplace_back(std::move(parameter_name), std::move(value));
        }
    }
    out->EndEnumeration();
    return result;
}

}  // namespace upshift::cim
