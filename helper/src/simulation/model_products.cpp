// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/model_products.hpp"

#include <algorithm>

#include "simulation/model_objects.hpp"
#include "simulation/option_text.hpp"
#include "simulation/wbem_codes.hpp"

namespace upshift::simulation {

using cim::Instance;
using cim::MethodResult;
using cim::NamedValues;
using cim::ObjectPath;
using cim::Value;

namespace {

constexpr std::string_view product_class = "Win32_Product";

// "MsiExec.exe and InstMsi.exe Error Messages", Microsoft.
constexpr std::uint32_t package_open_failed = 1619;
constexpr std::uint32_t package_invalid = 1620;
constexpr std::uint32_t patch_open_failed = 1635;
constexpr std::uint32_t patch_invalid = 1636;
constexpr std::uint32_t invalid_command_line = 1639;

/// Nobody hears of what the provider does, nor can stop it.
class NobodyListens : public InstallObserver {
  public:
    void action_started(const std::string& /*name*/) override {}
    void progressed(int /*percent*/) override {}
    bool cancel_requested() override { return false; }
};

/// The in-parameter, which must be given with that very type.
template <typename T>
const T& required(const NamedValues& parameters, std::string_view name) {
    const auto found = std::ranges::find_if(
        parameters, [&](const auto& parameter) { return same_text(parameter.first, name); });
    const auto* value = found == parameters.end() ? nullptr : std::get_if<T>(&found->second);
    if (value == nullptr) {
        throw CimFault(wbem_e_invalid_parameter);
    }
    return *value;
}

std::optional<Value> property_of(const InstalledProduct& product, std::string_view name) {
    constexpr std::int64_t installed = 5;
    constexpr std::int64_t advertised = 1;
    const std::vector<std::pair<std::string_view, Value>> properties{
        {"IdentifyingNumber", product.product_code},
        {"Name", product.name},
        {"Version", product.version},
        {"Caption", product.name},
        {"Description", product.name},
        {"Vendor", product.publisher},
        {"PackageCode", product.package_code},
        {"Language", std::to_string(product.language)},
        {"AssignmentType", std::int64_t{product.context == InstallContext::machine ? 1 : 0}},
        {"InstallState", product.advertised ? advertised : installed}};
    const auto found = std::ranges::find_if(
        properties, [&](const auto& property) { return same_text(property.first, name); });
    return found == properties.end() ? std::nullopt : std::optional(found->second);
}

std::string transforms_of(std::vector<std::pair<std::string, std::string>>& properties) {
    const auto found =
        std::ranges::find(properties, "TRANSFORMS", &std::pair<std::string, std::string>::first);
    if (found == properties.end()) {
        return {};
    }
    std::string transforms = found->second;
    properties.erase(found);
    return transforms;
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin < list.size()) {
        const auto end = std::min(list.find(';', begin), list.size());
        parts.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace

bool is_product_class(CimNamespace space, std::string_view class_name) {
    return space == CimNamespace::operating_system && same_text(class_name, product_class);
}

std::optional<DescribedProduct> ModelProducts::find(const ObjectPath& path) const {
    for (const auto* key : {"IdentifyingNumber", "Name", "Version"}) {
        if (key_of(path, key).empty()) {
            throw CimFault(wbem_e_invalid_object_path);
        }
    }
    for (const auto& each : installer_->products()) {
        const auto& product = each.product;
        if (same_text(key_of(path, "IdentifyingNumber"), product.product_code) &&
            same_text(key_of(path, "Name"), product.name) && key_of(path, "Version") == product.version) {
            return each;
        }
    }
    return std::nullopt;
}

std::optional<Instance> ModelProducts::get(const ObjectPath& path,
                                           const std::vector<std::string>& columns) const {
    if (path.keys.empty()) {
        return Instance{path, {}};
    }
    const auto found = find(path);
    if (!found) {
        return std::nullopt;
    }
    Instance instance{path, {}};
    for (const auto& column : columns) {
        auto value = property_of(found->product, column);
        if (!value) {
            throw CimFault(wbem_e_invalid_query);
        }
        instance.properties.emplace_back(column, std::move(*value));
    }
    return instance;
}

MethodResult ModelProducts::invoke(const ObjectPath& object, const std::string& method,
                                   const NamedValues& parameters) {
    if (same_text(method, "Install") && object.keys.empty()) {
        return {install(parameters), {}};
    }
    if (!same_text(method, "Upgrade")) {
        throw CimFault(wbem_e_invalid_method);
    }
    const auto found = find(object);
    if (!found) {
        throw CimFault(wbem_e_not_found);
    }
    return {upgrade(found->product, parameters), {}};
}

/// A standard package is answered 1636 ("Upgrade method of the Win32_Product class").
std::uint32_t ModelProducts::upgrade(const InstalledProduct& product, const NamedValues& parameters) {
    const auto& path = required<std::string>(parameters, "PackageLocation");
    const auto& options = required<std::string>(parameters, "Options");
    try {
        if (!installer_->is_upgrade_package(path)) {
            return patch_invalid;
        }
        const bool is_patch = installer_->read(path, {}).patch.has_value();
        return run({.path = path, .installed = product, .is_patch = is_patch}, options);
    } catch (const OperationError& error) {
        return error.detail().kind == ErrorKind::package_invalid ? patch_invalid : patch_open_failed;
    }
}

std::uint32_t ModelProducts::install(const NamedValues& parameters) {
    const auto& path = required<std::string>(parameters, "PackageLocation");
    const auto& options = required<std::string>(parameters, "Options");
    const bool all_users = required<bool>(parameters, "AllUsers");
    try {
        if (installer_->read(path, {}).patch) {
            return package_invalid;
        }
        return run({.path = path, .per_machine = all_users}, options);
    } catch (const OperationError& error) {
        return error.detail().kind == ErrorKind::package_invalid ? package_invalid : package_open_failed;
    }
}

std::uint32_t ModelProducts::run(InstallOrder order, const std::string& options) {
    auto properties = parse_options(options);
    if (!properties) {
        return invalid_command_line;
    }
    order.transforms = split(transforms_of(*properties));
    order.properties = std::move(*properties);
    NobodyListens observer;
    return installer_->install(order, observer).code;
}

}  // namespace upshift::simulation
