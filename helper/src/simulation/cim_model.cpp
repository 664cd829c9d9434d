// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/cim_model.hpp"

#include <algorithm>
#include <exception>

#include "simulation/model_classes.hpp"
#include "simulation/model_methods.hpp"
#include "simulation/wbem_codes.hpp"

namespace upshift::simulation {

using cim::Instance;
using cim::MethodResult;
using cim::ObjectPath;
using cim::Value;

namespace {

Value read(const CimObject& object, const std::string& property) {
    auto value = object.property(property);
    if (!value) {
        throw CimFault(wbem_e_invalid_query);
    }
    return std::move(*value);
}

Instance project(const CimObject& object, const std::vector<std::string>& columns) {
    Instance instance{object.path, {}};
    instance.properties.reserve(columns.size());
    for (const auto& column : columns) {
        instance.properties.emplace_back(column, read(object, column));
    }
    return instance;
}

/// WQL compares texts without regard to case.
bool equal(const Value& one, const Value& other) {
    const auto* text = std::get_if<std::string>(&one);
    const auto* other_text = std::get_if<std::string>(&other);
    return text != nullptr && other_text != nullptr ? same_text(*text, *other_text) : one == other;
}

bool satisfies(const CimObject& object, const std::vector<std::pair<std::string, Value>>& filters) {
    return std::all_of(filters.begin(), filters.end(),
                       [&](const auto& filter) { return equal(read(object, filter.first), filter.second); });
}

/// Hyper-V answers a caller without the right with nothing, not with an error.
bool shows_nothing(const View& view) {
    return view.is_of_hyper_v() && view.host.row.access == Access::denied;
}

/// Each call, not the connection: a namespace that cannot be connected to may mean that there is no cluster.
void fail_where_the_cluster_cannot_be_read(const View& view) {
    if (view.space == CimNamespace::cluster && view.host.row.cluster_error) {
        throw CimFault(*view.host.row.cluster_error);
    }
}

}  // namespace

CimModel::CimModel(Description description, Clock& clock, Store store,
                   std::shared_ptr<ModelProducts> products)
    : store_(std::move(store)),
      products_(std::move(products)),
      world_(std::move(description)),
      time_(world_, clock) {}

Place CimModel::connect(const std::string& host, const std::string& cim_namespace) const {
    const std::lock_guard lock(mutex_);
    const auto space = cim_namespace_named(cim_namespace);
    const Place place{host, space.value_or(CimNamespace::operating_system)};
    if (products_ && host == this_computer && space == CimNamespace::operating_system) {
        return place;
    }
    (void)world_.view(place);
    if (!space) {
        throw CimFault(wbem_e_invalid_namespace);
    }
    return place;
}

bool CimModel::is_of_products(const Place& place, const std::string& class_name) const {
    return products_ && is_product_class(place.space, class_name);
}

template <typename Use>
auto CimModel::use_world(const Place& place, const Use& use) {
    std::unique_lock lock(mutex_);
    time_.settle();
    const View view = world_.view(place);
    fail_where_the_cluster_cannot_be_read(view);
    const auto finish = [&] {
        time_.settle();
        const auto change = time_.changes();
        lock.unlock();
        commit(change);
    };
    try {
        auto result = use(view);
        finish();
        return result;
    } catch (const CimFault&) {
        // A refused call may have changed something too: a VM that has moved away.
        finish();
        throw;
    }
}

std::vector<Instance> CimModel::query(const Place& place, const cim::Query& query) {
    if (is_of_products(place, query.class_name)) {
        throw CimFault(wbem_e_not_supported);
    }
    return use_world(place, [&](const View& view) {
        std::vector<Instance> rows;
        if (shows_nothing(view)) {
            return rows;
        }
        if (!has_class(view, query.class_name)) {
            throw CimFault(wbem_e_invalid_class);
        }
        visit_candidates(world_, view, query, [&](const CimObject& object) {
            if (satisfies(object, query.filters)) {
                rows.push_back(project(object, query.columns));
            }
        });
        return rows;
    });
}

std::optional<Instance> CimModel::get(const Place& place, const ObjectPath& path,
                                      const std::vector<std::string>& columns) {
    if (is_of_products(place, path.class_name)) {
        return products_->get(path, columns);
    }
    return use_world(place, [&](const View& view) {
        std::optional<Instance> found;
        if (shows_nothing(view) || !has_class(view, path.class_name)) {
            return found;
        }
        if (path.keys.empty()) {
            return std::optional(Instance{path, {}});
        }
        if (same_text(path.class_name, "Msvm_ConcreteJob")) {
            time_.count_reading(key_of(path, "InstanceID"));
            time_.settle();
        }
        visit_instance(world_, view, path,
                       [&](const CimObject& object) { found = project(object, columns); });
        return found;
    });
}

std::vector<Instance> CimModel::references(const Place& place, const ObjectPath& object,
                                           const std::string& association_class,
                                           const std::vector<std::string>& columns) {
    return use_world(place, [&](const View& view) {
        std::vector<Instance> rows;
        if (shows_nothing(view)) {
            return rows;
        }
        if (!has_class(view, association_class)) {
            throw CimFault(wbem_e_invalid_class);
        }
        visit_references(world_, view, object, association_class, [&](const CimObject& association) {
            rows.push_back(project(association, columns));
        });
        return rows;
    });
}

MethodResult CimModel::invoke(const Place& place, const ObjectPath& object, const std::string& method,
                              const cim::NamedValues& parameters) {
    if (is_of_products(place, object.class_name)) {
        if (!store_) {
            throw CimFault(wbem_e_access_denied);
        }
        return products_->invoke(object, method, parameters);
    }
    return use_world(place, [&](const View& view) {
        if (shows_nothing(view) || (is_altering(method) && !store_)) {
            throw CimFault(wbem_e_access_denied);
        }
        if (!has_class(view, object.class_name)) {
            throw CimFault(wbem_e_invalid_class);
        }
        return call_method(world_, time_, view, object, method, parameters);
    });
}

void CimModel::commit(std::uint64_t change) {
    if (stored_changes_ >= change || !store_) {
        return;
    }
    const std::lock_guard committing(commit_mutex_);
    if (stored_changes_ >= change) {
        return;
    }
    std::vector<DescribedVm> changed;
    std::uint64_t up_to = 0;
    {
        const std::lock_guard lock(mutex_);
        changed = time_.take_changed();
        up_to = time_.changes();
    }
    store_(changed);
    stored_changes_ = up_to;
}

}  // namespace upshift::simulation
