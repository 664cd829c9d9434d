// SPDX-License-Identifier: GPL-3.0-or-later
#include "class_object.hpp"

#include <algorithm>

#include "com_object.hpp"
#include "simulation/cim_namespace.hpp"
#include "unused_calls.hpp"
#include "values.hpp"

namespace upshift::test_provider {

using simulation::same_text;

namespace {

std::vector<ObjectProperty> properties_of(const std::vector<PropertyDefinition>& definitions) {
    std::vector<ObjectProperty> properties;
    properties.reserve(definitions.size());
    for (const auto& definition : definitions) {
        properties.push_back({std::string(definition.name), definition.type, definition.is_key, {}});
    }
    return properties;
}

class ClassObject : public UnusedClassObjectCalls {
  public:
    explicit ClassObject(ObjectContent content) : content_(std::move(content)) {}

    const ObjectContent& content() const { return content_; }

    HRESULT STDMETHODCALLTYPE Get(LPCWSTR name, LONG flags, VARIANT* value, CIMTYPE* type,
                                  LONG* flavor) override {
        return answered([&] {
            if (flags != 0) {
                fail(WBEM_E_INVALID_PARAMETER);
            }
            const auto property = read(narrow(name));
            hand_out(property, value, type, flavor);
            return as_result(WBEM_S_NO_ERROR);
        });
    }

    HRESULT STDMETHODCALLTYPE Put(LPCWSTR name, LONG, VARIANT* value, CIMTYPE) override {
        return answered([&] {
            auto* property = content_.find(narrow(name));
            if (property == nullptr) {
                fail(WBEM_E_NOT_FOUND);
            }
            property->value = value == nullptr ? cim::Value() : from_variant(*value, property->type);
            return as_result(WBEM_S_NO_ERROR);
        });
    }

    HRESULT STDMETHODCALLTYPE GetNames(LPCWSTR, LONG flags, VARIANT*, SAFEARRAY** names) override {
        return answered([&] {
            std::vector<std::string> found;
            for (const auto& property : content_.properties) {
                if (flags != WBEM_FLAG_KEYS_ONLY || property.is_key) {
                    found.push_back(property.name);
                }
            }
            VARIANT array;
            to_variant(found, CIM_STRING | CIM_FLAG_ARRAY, "", array);
            *names = array.parray;
            return as_result(WBEM_S_NO_ERROR);
        });
    }

    HRESULT STDMETHODCALLTYPE BeginEnumeration(LONG flags) override {
        next_ = 0;
        return flags == WBEM_FLAG_NONSYSTEM_ONLY ? as_result(WBEM_S_NO_ERROR)
                                                 : as_result(WBEM_E_INVALID_PARAMETER);
    }
    HRESULT STDMETHODCALLTYPE Next(LONG, BSTR* name, VARIANT* value, CIMTYPE* type, LONG* flavor) override {
        return answered([&] {
            if (next_ >= content_.properties.size()) {
                return as_result(WBEM_S_NO_MORE_DATA);
            }
            const auto& property = content_.properties[next_++];
            *name = new_bstr(property.name);
            hand_out(property, value, type, flavor);
            return as_result(WBEM_S_NO_ERROR);
        });
    }
    HRESULT STDMETHODCALLTYPE EndEnumeration() override { return as_result(WBEM_S_NO_ERROR); }

    HRESULT STDMETHODCALLTYPE SpawnInstance(LONG, IWbemClassObject** instance) override {
        return answered([&] {
            ObjectContent made = content_;
            made.definition = nullptr;
            *instance = new_class_object(std::move(made));
            return as_result(WBEM_S_NO_ERROR);
        });
    }

    HRESULT STDMETHODCALLTYPE GetMethod(LPCWSTR name, LONG, IWbemClassObject** in,
                                        IWbemClassObject** out) override {
        return answered([&] {
            const auto wanted = narrow(name);
            const auto* method =
                content_.definition == nullptr ? nullptr : content_.definition->method(wanted);
            const bool is_lacking =
                std::any_of(content_.lacking.begin(), content_.lacking.end(),
                            [&](const auto& missing) { return same_text(missing, wanted); });
            if (method == nullptr || is_lacking) {
                fail(WBEM_E_NOT_FOUND);
            }
            if (in != nullptr) {
                *in = method->in.empty() ? nullptr : new_class_object(signature(method->in));
            }
            if (out != nullptr) {
                *out = new_class_object(signature(method->out));
            }
            return as_result(WBEM_S_NO_ERROR);
        });
    }

  private:
    ObjectContent signature(const std::vector<PropertyDefinition>& parameters) const {
        ObjectContent made;
        made.class_name = "__PARAMETERS";
        made.server = content_.server;
        made.cim_namespace = content_.cim_namespace;
        made.properties = properties_of(parameters);
        return made;
    }

    ObjectProperty read(const std::string& name) const {
        const auto text = [&](const std::string& value) {
            return ObjectProperty{name, CIM_STRING, false, value.empty() ? cim::Value() : cim::Value(value)};
        };
        if (same_text(name, "__CLASS")) {
            return text(content_.class_name);
        }
        if (same_text(name, "__RELPATH")) {
            return text(content_.relative_path);
        }
        if (same_text(name, "__PATH")) {
            return text(content_.relative_path.empty() ? "" : content_.prefix() + content_.relative_path);
        }
        if (same_text(name, "__SERVER")) {
            return text(content_.server);
        }
        if (same_text(name, "__NAMESPACE")) {
            return text(content_.cim_namespace);
        }
        const auto* property = content_.find(name);
        if (property == nullptr) {
            fail(WBEM_E_NOT_FOUND);
        }
        return *property;
    }

    void hand_out(const ObjectProperty& property, VARIANT* value, CIMTYPE* type, LONG* flavor) const {
        if (value != nullptr) {
            to_variant(property.value, property.type, content_.prefix(), *value);
        }
        if (type != nullptr) {
            *type = property.type;
        }
        if (flavor != nullptr) {
            *flavor = WBEM_FLAVOR_ORIGIN_LOCAL;
        }
    }

    ObjectContent content_;
    std::size_t next_ = 0;
};

}  // namespace

const ObjectProperty* ObjectContent::find(std::string_view name) const {
    const auto found =
        std::find_if(properties.begin(), properties.end(),
                     [&](const ObjectProperty& property) { return same_text(property.name, name); });
    return found == properties.end() ? nullptr : &*found;
}

ObjectProperty* ObjectContent::find(std::string_view name) {
    const auto found =
        std::find_if(properties.begin(), properties.end(),
                     [&](const ObjectProperty& property) { return same_text(property.name, name); });
    return found == properties.end() ? nullptr : &*found;
}

IWbemClassObject* new_class_object(ObjectContent content) {
    return new ClassObject(std::move(content));
}

IUnknown* new_embedded_object(const cim::EmbeddedInstance& embedded) {
    ObjectContent content;
    content.class_name = embedded.class_name;
    for (const auto& [name, text] : embedded.properties) {
        content.properties.push_back({name, CIM_STRING, false, text});
    }
    return new ClassObject(std::move(content));
}

const ObjectContent* content_of(IWbemClassObject* object) {
    auto* const ours = dynamic_cast<ClassObject*>(object);
    return ours == nullptr ? nullptr : &ours->content();
}

}  // namespace upshift::test_provider
