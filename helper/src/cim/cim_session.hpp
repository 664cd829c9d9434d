// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace upshift::cim {

/// Names one instance by class and key values, or a class where there are no keys. Sessions translate it to
/// an object path (COM) or a selector set (WS-Management); nobody else builds such text.
struct ObjectPath {
    std::string class_name;
    std::vector<std::pair<std::string, std::string>> keys;

    bool operator==(const ObjectPath&) const = default;
};

/// A setting handed over as text inside a parameter, such as Msvm_VirtualSystemUpgradeSettingData.
struct EmbeddedInstance {
    std::string class_name;
    std::vector<std::pair<std::string, std::string>> properties;

    bool operator==(const EmbeddedInstance&) const = default;
};

/// A CIM value. NULL is monostate; 64-bit numbers, dates and characters travel as WMI hands them: as text.
using Value = std::variant<std::monostate, bool, std::int64_t, std::string, ObjectPath, EmbeddedInstance,
                           std::vector<std::int64_t>, std::vector<std::string>>;

using NamedValues = std::vector<std::pair<std::string, Value>>;

/// One instance with the properties that were asked for.
struct Instance {
    ObjectPath path;
    NamedValues properties;

    /// The named property, or nullptr where it was not read or the class lacks it.
    const Value* find(std::string_view name) const;
    /// The property as text; empty where it is NULL, absent or no text.
    std::string text(std::string_view name) const;
    /// The property as a number; nothing where it is NULL, absent or no number.
    std::optional<std::int64_t> number(std::string_view name) const;
};

/// Which instances, and which of their properties: the session escapes and never takes query text.
struct Query {
    std::string class_name;
    std::vector<std::string>
        columns;  ///< never empty: "every column" is expensive on Msvm_SummaryInformation
    std::vector<std::pair<std::string, Value>> filters;  ///< all of them must hold; equality only
    bool needs_paths =
        true;  ///< false: instances may come without a path, which costs a third of reading many
};

struct MethodResult {
    std::uint32_t return_value = 0;
    NamedValues out;  ///< out parameters by name; a job comes as an ObjectPath

    /// The reference among the out parameters, or nothing where it is NULL or absent.
    std::optional<ObjectPath> reference(std::string_view name) const;
    /// The out parameter, or nullptr where it is NULL, absent or of another type.
    template <typename T>
    const T* find(std::string_view name) const {
        for (const auto& [known, value] : out) {
            if (known == name) {
                return std::get_if<T>(&value);
            }
        }
        return nullptr;
    }
};

/// A connection to one namespace of one host. Calls block; each may be used from several threads at once.
///
/// Every method throws OperationError: access_denied, connection, authentication, timeout, busy,
/// not_supported (class or method missing), failed. An object that is gone is never an exception of get (see
/// there).
class CimSession {
  public:
    CimSession() = default;
    CimSession(const CimSession&) = delete;
    CimSession& operator=(const CimSession&) = delete;
    virtual ~CimSession() = default;

    /// An unknown class and a missing right can both look like an empty result (facts: hyperv, section 0 row
    /// 7).
    virtual std::vector<Instance> query(const Query& query) = 0;

    /// The instance, or with a path without keys the class itself. Nothing where there is none
    /// (WBEM_E_NOT_FOUND, WBEM_E_INVALID_CLASS): an expired job, a VM that went away, a class that this build
    /// lacks.
    virtual std::optional<Instance> get(const ObjectPath& path, const std::vector<std::string>& columns) = 0;

    /// The association instances of that class which refer to the object.
    virtual std::vector<Instance> references(const ObjectPath& object, const std::string& association_class,
                                             const std::vector<std::string>& columns) = 0;

    /// Runs a method once. After an exception it may have run all the same: read back, never send it twice.
    virtual MethodResult invoke(const ObjectPath& object, const std::string& method,
                                const NamedValues& parameters) = 0;
};

/// Opens sessions: over COM, over WS-Management, or to a described host.
class CimConnector {
  public:
    CimConnector() = default;
    CimConnector(const CimConnector&) = delete;
    CimConnector& operator=(const CimConnector&) = delete;
    virtual ~CimConnector() = default;

    /// The hosts this run is about, in the order asked for: this computer, the endpoints, or the described
    /// hosts.
    virtual std::vector<std::string> hosts() = 0;

    /// Throws OperationError: not_supported where the namespace does not exist (no Hyper-V role),
    /// access_denied, connection, authentication, timeout. The session may outlive the connector.
    virtual std::shared_ptr<CimSession> connect(const std::string& host,
                                                const std::string& cim_namespace) = 0;
};

}  // namespace upshift::cim
