// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/windows/com_session.hpp"

#include <array>

#include "cim/object_path_text.hpp"
#include "cim/windows/com_failure.hpp"
#include "cim/windows/com_value.hpp"
#include "cim/windows/com_variant.hpp"
#include "cim/wmi_codes.hpp"
#include "cim/wql_text.hpp"
#include "machine/windows/text.hpp"

namespace upshift::cim {

namespace {

std::uint32_t code_of(const ComFailure& failure) {
    return static_cast<std::uint32_t>(failure.result);
}

bool is_absence(const ComFailure& failure) {
    return failure.result == as_result(WBEM_E_NOT_FOUND) || failure.result == as_result(WBEM_E_INVALID_CLASS);
}

/// Reads the same columns of one object after another.
class RowReader {
  public:
    RowReader(const std::string& class_name, const std::vector<std::string>& columns, bool needs_paths = true)
        : class_name_(class_name), columns_(columns), needs_paths_(needs_paths) {
        wide_columns_.reserve(columns.size());
        for (const auto& column : columns) {
            wide_columns_.push_back(windows::wide(column));
        }
    }

    Instance read(IWbemClassObject& object) const {
        Instance instance{needs_paths_ ? path_of(object, class_name_) : ObjectPath{}, {}};
        instance.properties.reserve(columns_.size());
        TypedVariant property;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (read_property(object, wide_columns_[i].c_str(), property)) {
                instance.properties.emplace_back(columns_[i],
                                                 value_from(property.variant.get(), property.type));
            }
        }
        return instance;
    }

  private:
    const std::string& class_name_;
    const std::vector<std::string>& columns_;
    bool needs_paths_;
    std::vector<std::wstring> wide_columns_;
};

/// What one call of Next gave.
class Batch {
  public:
    /// False where there are no more after these.
    bool fetch(IEnumWbemClassObject& from) {
        objects_.clear();
        std::array<IWbemClassObject*, 64> given{};
        ULONG count = 0;
        const HRESULT result = from.Next(static_cast<LONG>(WBEM_INFINITE), static_cast<ULONG>(given.size()),
                                         given.data(), &count);
        for (ULONG i = 0; i < count; ++i) {
            objects_.emplace_back(given[i]);
        }
        check(result);
        return result == WBEM_S_NO_ERROR && count > 0;
    }

    template <typename Take>
    void each(const Take& take) const {
        for (const auto& object : objects_) {
            take(*object.get());
        }
    }

  private:
    std::vector<ComPointer<IWbemClassObject>> objects_;
};

}  // namespace

ComSession::ComSession(std::shared_ptr<ComProcess> process, ComPointer<IWbemServices> services,
                       std::string host)
    : process_(std::move(process)), services_(std::move(services)), host_(std::move(host)) {}

ComSession::~ComSession() {
    const ComThread thread;
    classes_.clear();
    services_ = {};
}

std::shared_ptr<const ComClass> ComSession::class_named(const std::string& name) {
    {
        const std::lock_guard lock(mutex_);
        const auto known = classes_.find(name);
        if (known != classes_.end()) {
            return known->second;
        }
    }
    ComPointer<IWbemClassObject> definition;
    const Bstr path(name);
    const HRESULT result = services_->GetObject(path.get(), 0, nullptr, definition.receive(), nullptr);
    check(result == as_result(WBEM_E_NOT_FOUND) ? as_result(WBEM_E_INVALID_CLASS) : result);
    const auto made = std::make_shared<const ComClass>(std::move(definition));
    const std::lock_guard lock(mutex_);
    return classes_.emplace(name, made).first->second;
}

std::vector<Instance> ComSession::rows_of(const std::string& query, const std::string& class_name,
                                          const std::vector<std::string>& columns, bool needs_paths) {
    ComPointer<IEnumWbemClassObject> enumerator;
    const Bstr language("WQL");
    const Bstr text(query);
    check(services_->ExecQuery(language.get(), text.get(),
                               WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY, nullptr,
                               enumerator.receive()));
    check(protect(*enumerator.get()));
    const RowReader reader(class_name, columns, needs_paths);
    std::vector<Instance> rows;
    Batch batch;
    bool is_last = false;
    while (!is_last) {
        is_last = !batch.fetch(*enumerator.get());
        batch.each([&](IWbemClassObject& object) { rows.push_back(reader.read(object)); });
    }
    return rows;
}

std::vector<Instance> ComSession::query(const Query& query) {
    const ComThread thread;
    try {
        // WMI knows the path of an object only where its keys are among the columns.
        const auto keys =
            query.needs_paths ? class_named(query.class_name)->keys() : std::vector<std::string>();
        return rows_of(select_text(query, keys), query.class_name, query.columns, query.needs_paths);
    } catch (const ComFailure& failure) {
        throw wmi_error(code_of(failure), "read " + query.class_name + " of", host_);
    }
}

std::optional<Instance> ComSession::get(const ObjectPath& path, const std::vector<std::string>& columns) {
    const ComThread thread;
    try {
        ComPointer<IWbemClassObject> object;
        const Bstr text(object_path_text(path));
        check(services_->GetObject(text.get(), 0, nullptr, object.receive(), nullptr));
        return RowReader(path.class_name, columns).read(*object.get());
    } catch (const ComFailure& failure) {
        if (is_absence(failure)) {
            return std::nullopt;
        }
        throw wmi_error(code_of(failure), "read " + path.class_name + " of", host_);
    }
}

std::vector<Instance> ComSession::references(const ObjectPath& object, const std::string& association_class,
                                             const std::vector<std::string>& columns) {
    const ComThread thread;
    try {
        return rows_of(references_text(object, association_class), association_class, columns, true);
    } catch (const ComFailure& failure) {
        throw wmi_error(code_of(failure), "read " + association_class + " of", host_);
    }
}

MethodResult ComSession::invoke(const ObjectPath& object, const std::string& method,
                                const NamedValues& parameters) {
    const ComThread thread;
    const std::string attempted = "call " + method + " on";
    ComPointer<IWbemClassObject> in;
    try {
        in = in_parameters(*services_.get(), *class_named(object.class_name), method, parameters);
    } catch (const ComFailure& failure) {
        const auto error = wmi_error(code_of(failure), attempted, host_);
        throw CimError(error.detail(), error.code(), error.passing(), false);
    }
    try {
        ComPointer<IWbemClassObject> out;
        const Bstr path(object_path_text(object));
        const Bstr name(method);
        check(services_->ExecMethod(path.get(), name.get(), 0, nullptr, in.get(), out.receive(), nullptr));
        return method_result(out.get());
    } catch (const ComFailure& failure) {
        throw wmi_error(code_of(failure), attempted, host_);
    }
}

}  // namespace upshift::cim
