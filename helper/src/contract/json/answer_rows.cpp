// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/answer_rows.hpp"

#include "contract/json/row_text.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

void add(Json& object, const char* name, const std::string& text) {
    if (!text.empty()) {
        object[name] = text;
    }
}

Json to_json(const UpgradeRow& row) {
    Json object;
    object["upgrade_code"] = row.upgrade_code;
    add(object, "version_min", row.version_min);
    add(object, "version_max", row.version_max);
    add(object, "languages", row.languages);
    object["min_inclusive"] = row.min_inclusive;
    object["max_inclusive"] = row.max_inclusive;
    object["languages_exclusive"] = row.languages_exclusive;
    object["only_detect"] = row.only_detect;
    return object;
}

Json to_json(const NodeRow& row) {
    Json object;
    object["name"] = row.name;
    add(object, "build", row.build);
    if (!row.supported_versions.empty()) {
        object["supported_versions"] = row.supported_versions;
    }
    return object;
}

void add_versions(Json& object, const TargetRow& row) {
    add(object, "version_before", row.version_before);
    add(object, "version_wanted", row.version_wanted);
    add(object, "version", row.version);
}

void add_outcome(Json& object, const TargetRow& row) {
    object["outcome"] = name_of(row.outcome);
    object["changed"] = row.changed;
    add(object, "reason", row.reason);
    add(object, "state_before", row.state_before);
    add(object, "state", row.state);
    if (!row.discarded.empty()) {
        object["discarded"] = row.discarded;
    }
    object["duration_ms"] = row.duration_ms;
}

void add_installation(Json& object, const TargetRow& row) {
    add(object, "classification", row.classification);
    add(object, "engine", row.engine);
    for (const auto& [name, value] : row.properties) {
        object["properties"][name] = value;
    }
    add(object, "log_path", row.log_path);
    if (row.reboot_required) {
        object["reboot_required"] = *row.reboot_required;
    }
    if (row.reboot_initiated) {
        object["reboot_initiated"] = true;
    }
}

Json to_json(const PatchTarget& target) {
    Json object;
    object["product_code"] = target.product_code;
    add(object, "version", target.version);
    object["version_match"] = name_of(target.version_match);
    object["version_fields"] = target.version_fields;
    add(object, "new_product_code", target.new_product_code);
    add(object, "new_version", target.new_version);
    add(object, "upgrade_code", target.upgrade_code);
    return object;
}

Json to_json(const InstalledPatch& patch) {
    Json object;
    object["patch_code"] = patch.patch_code;
    object["state"] = name_of(patch.state);
    if (!patch.replaces.empty()) {
        object["replaces"] = patch.replaces;
    }
    return object;
}

void add_patch(Json& object, const PatchDescription& patch) {
    object["patch_code"] = patch.patch_code;
    object["replaces"] = patch.replaces;
    object["targets"] = Json::array();
    for (const auto& target : patch.targets) {
        object["targets"].push_back(to_json(target));
    }
}

void add_description(Json& object, const PackageDescription& package) {
    if (package.patch) {
        add_patch(object, *package.patch);
        return;
    }
    object["name"] = package.name;
    object["product_code"] = package.product_code;
    add(object, "upgrade_code", package.upgrade_code);
    add(object, "package_code", package.package_code);
    object["version"] = package.version;
    object["language"] = package.language;
    add(object, "publisher", package.publisher);
    object["context"] = name_of(package.context);
    if (package.either_context) {
        object["either_context"] = true;
    }
    object["upgrade_rows"] = Json::array();
    for (const auto& row : package.upgrade_rows) {
        object["upgrade_rows"].push_back(to_json(row));
    }
}

}  // namespace

Json to_json(const ErrorDetail& error) {
    Json object;
    object["kind"] = name_of(error.kind);
    add(object, "attempted", error.attempted);
    add(object, "object", error.object);
    add(object, "found", error.found);
    add(object, "needed", error.needed);
    add(object, "code", error.code);
    add(object, "code_family", error.code_family);
    add(object, "symbol", error.symbol);
    add(object, "hint", error.hint);
    add(object, "cause", error.cause);
    return object;
}

Json to_json(const TargetRow& row) {
    Json object;
    object["name"] = row.name;
    add(object, "host", row.host);
    add(object, "vm_id", row.vm_id);
    add(object, "product_code", row.product_code);
    add(object, "product_code_before", row.product_code_before);
    add(object, "package_code_before", row.package_code_before);
    add(object, "package_code", row.package_code);
    add(object, "patch_code", row.patch_code);
    add_versions(object, row);
    add_outcome(object, row);
    add_installation(object, row);
    if (row.error) {
        object["error"] = to_json(*row.error);
    }
    return object;
}

Json to_json(const HostRow& row) {
    Json object;
    object["name"] = row.name;
    object["default_version"] = row.default_version;
    object["supported_versions"] = row.supported_versions;
    add(object, "build", row.build);
    add(object, "cluster", row.cluster);
    object["upgrade_settings_class"] = row.upgrade_settings_class;
    object["access"] = row.access;
    if (row.cluster_error) {
        object["cluster_error"] = to_json(*row.cluster_error);
    }
    return object;
}

std::string to_text(const VmRow& row) {
    RowText text;
    text.add("name", row.name);
    text.add("id", row.id);
    text.add("host", row.host);
    text.add("version", row.version);
    text.add("state", row.state);
    text.add("saved_checkpoints", row.saved_checkpoints);
    text.add("replication", row.replication);
    if (row.clustered) {
        text.add("clustered", *row.clustered);
    }
    if (!row.possible_owners.empty()) {
        text.add("possible_owners", row.possible_owners);
    }
    return text.finish();
}

Json to_json(const ClusterRow& row) {
    Json object;
    object["name"] = row.name;
    if (row.functional_level) {
        object["functional_level"] = *row.functional_level;
    }
    object["nodes"] = row.nodes;
    for (const auto& node : row.other_nodes) {
        object["other_nodes"].push_back(to_json(node));
    }
    return object;
}

Json to_json(const ProductRow& row) {
    const auto& product = row.product;
    Json object;
    object["name"] = product.name;
    object["product_code"] = product.product_code;
    add(object, "upgrade_code", row.upgrade_code);
    add(object, "package_code", product.package_code);
    object["version"] = product.version;
    object["language"] = product.language;
    add(object, "publisher", product.publisher);
    object["context"] = name_of(product.context);
    add(object, "user_sid", product.user_sid);
    if (product.of_another_user) {
        object["of_another_user"] = true;
    }
    if (product.advertised) {
        object["advertised"] = true;
    }
    if (product.instance) {
        object["instance"] = true;
    }
    for (const auto& patch : row.patches) {
        object["patches"].push_back(to_json(patch));
    }
    return object;
}

Json to_json(const PackageRow& row) {
    Json object;
    object["path"] = row.package.path;
    if (row.error) {
        object["error"] = to_json(*row.error);
        return object;
    }
    add_description(object, row.package);
    return object;
}

Json to_json(const RunRow& row) {
    Json object;
    object["id"] = row.id;
    object["operation"] = row.operation;
    object["state"] = row.state;
    object["begun"] = row.begun;
    if (row.cancelling) {
        object["cancelling"] = true;
    }
    if (row.progress) {
        object["done"] = row.progress->done;
        object["total"] = row.progress->total;
        object["target"] = row.progress->target;
        object["step"] = row.progress->text;
    }
    if (row.progress && row.progress->percent >= 0) {
        object["percent"] = row.progress->percent;
    }
    if (!row.arguments.empty()) {
        object["arguments"] = Json::parse(row.arguments, nullptr, false);
    }
    add(object, "msg", row.message);
    if (row.told) {
        object["told"] = *row.told;
    }
    return object;
}

}  // namespace upshift
