// SPDX-License-Identifier: GPL-3.0-or-later
#include "services.hpp"

#include "enumerator.hpp"
#include "values.hpp"

namespace upshift::test_provider {

namespace {

cim::ObjectPath path_in(BSTR text) {
    const auto path = parse_path(narrow(text));
    if (!path) {
        fail(WBEM_E_INVALID_OBJECT_PATH);
    }
    return *path;
}

}  // namespace

HRESULT Services::GetObject(BSTR path, LONG, IWbemContext*, IWbemClassObject** object, IWbemCallResult**) {
    return answered([&] {
        record_call("GetObject", {{"path", narrow(path)}});
        blanket_->expect();
        *object = new_class_object(instances_->get(path_in(path)));
        return as_result(WBEM_S_NO_ERROR);
    });
}

HRESULT Services::ExecQuery(BSTR language, BSTR text, LONG flags, IWbemContext*,
                            IEnumWbemClassObject** rows) {
    return answered([&] {
        record_call("ExecQuery", {{"text", narrow(text)}});
        blanket_->expect();
        if (flags != (WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY) || narrow(language) != "WQL") {
            fail(WBEM_E_NOT_SUPPORTED);
        }
        const auto query = parse_query(narrow(text));
        // A query of that class has Windows check and repair every product.
        if (simulation::same_text(query.class_name, "Win32_Product")) {
            fail(WBEM_E_ACCESS_DENIED);
        }
        *rows = new Enumerator(instances_, query);
        return as_result(WBEM_S_NO_ERROR);
    });
}

HRESULT Services::ExecMethod(BSTR path, BSTR method, LONG flags, IWbemContext*, IWbemClassObject* in,
                             IWbemClassObject** out, IWbemCallResult**) {
    return answered([&] {
        record_call("ExecMethod", {{"path", narrow(path)}, {"method", narrow(method)}});
        blanket_->expect();
        if (flags != 0) {
            fail(WBEM_E_NOT_SUPPORTED);
        }
        const auto* given = in == nullptr ? nullptr : content_of(in);
        *out = new_class_object(instances_->invoke(path_in(path), narrow(method), given));
        return as_result(WBEM_S_NO_ERROR);
    });
}

HRESULT Services::other_interface(REFIID id, void** object) {
    if (!::IsEqualGUID(id, IID_IClientSecurity)) {
        return E_NOINTERFACE;
    }
    *object = new BlanketSetter(blanket_);
    return S_OK;
}

IWbemServices* connect(const std::string& resource) {
    auto& world = DescribedWorld::get();
    const bool names_server = resource.starts_with(R"(\\)");
    const auto end_of_server = names_server ? resource.find('\\', 2) : std::string::npos;
    if (names_server && end_of_server == std::string::npos) {
        fail(WBEM_E_INVALID_PARAMETER);
    }
    const auto host = names_server ? resource.substr(2, end_of_server - 2) : world.this_computer();
    const auto space = names_server ? resource.substr(end_of_server + 1) : resource;
    const auto place = world.make("connect", space, host, [&] { return world.model().connect(host, space); });
    return new Services(Instances(world, place, space));
}

}  // namespace upshift::test_provider
