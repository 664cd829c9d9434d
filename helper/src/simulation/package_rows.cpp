// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/package_rows.hpp"

#include "installer/outcome_codes.hpp"
#include "simulation/error_row.hpp"
#include "simulation/product_values.hpp"
#include "support/version.hpp"

namespace upshift::simulation {

namespace {

UpgradeRow read_upgrade_row(RowReader row) {
    UpgradeRow upgrade;
    upgrade.upgrade_code = read_required_code(row, "upgrade_code");
    upgrade.version_min = row.text_or("version_min", "");
    upgrade.version_max = row.text_or("version_max", "");
    upgrade.languages = row.text_or("languages", "");
    upgrade.min_inclusive = row.boolean("min_inclusive").value_or(false);
    upgrade.max_inclusive = row.boolean("max_inclusive").value_or(false);
    upgrade.languages_exclusive = row.boolean("languages_exclusive").value_or(false);
    upgrade.only_detect = row.boolean("only_detect").value_or(false);
    row.finish();
    return upgrade;
}

/// Without rows of its own a package replaces every older version of its upgrade code, as most do.
std::vector<UpgradeRow> usual_upgrade_rows(const PackageDescription& package) {
    if (package.upgrade_code.empty()) {
        return {};
    }
    return {{.upgrade_code = package.upgrade_code, .version_max = package.version}};
}

void read_description(RowReader& row, PackageDescription& package) {
    package.name = row.required_text("name");
    package.product_code = read_required_code(row, "product_code");
    package.upgrade_code = read_code(row, "upgrade_code");
    package.package_code = read_code(row, "package_code");
    package.version = row.required_text("version");
    if (!parse_product_version(package.version)) {
        row.refuse("version", "the text \"" + package.version + "\"", "a version such as \"1.2.3\"");
    }
    package.publisher = row.text_or("publisher", "");
    package.language = read_language(row);
    package.context = read_context(row);
    package.either_context = row.boolean("either_context").value_or(false);
    const bool are_given = row.has("upgrade_rows");
    for (const auto& upgrade : row.objects("upgrade_rows")) {
        package.upgrade_rows.push_back(read_upgrade_row(upgrade));
    }
    if (!are_given) {
        package.upgrade_rows = usual_upgrade_rows(package);
    }
}

VersionMatch read_version_match(RowReader& row, VersionMatch otherwise) {
    if (!row.has("version_match")) {
        return otherwise;
    }
    const std::string name =
        row.choice("version_match", {"any", "less", "less_equal", "equal", "greater_equal", "greater"});
    int match = 0;
    while (name_of(static_cast<VersionMatch>(match)) != name) {
        ++match;
    }
    return static_cast<VersionMatch>(match);
}

PatchTarget read_target(RowReader row) {
    PatchTarget target;
    target.product_code = read_required_code(row, "product_code");
    target.version = row.text_or("version", "");
    target.version_match =
        read_version_match(row, target.version.empty() ? VersionMatch::any : VersionMatch::equal);
    target.version_fields = static_cast<int>(row.integer("version_fields", 1, 3).value_or(3));
    target.new_product_code = read_code(row, "new_product_code");
    target.new_version = row.text_or("new_version", "");
    target.upgrade_code = read_code(row, "upgrade_code");
    row.finish();
    return target;
}

PatchDescription read_patch(RowReader& row) {
    PatchDescription patch{read_required_code(row, "patch_code"), read_codes(row, "replaces"), {}};
    for (const auto& target : row.objects("targets")) {
        patch.targets.push_back(read_target(target));
    }
    if (patch.targets.empty()) {
        row.refuse("targets", "none", "at least one product that the patch is for");
    }
    return patch;
}

std::map<std::string, std::string> read_needed_properties(RowReader& row) {
    std::map<std::string, std::string> properties;
    for (auto& each : row.objects("needs_properties")) {
        properties[each.required_text("name")] = each.text_or("value", "");
        each.finish();
    }
    return properties;
}

PackageBehaviour read_behaviour(RowReader& row) {
    PackageBehaviour behaviour;
    behaviour.result = static_cast<std::uint32_t>(row.integer("result", 0, 0xFFFFFFFFLL).value_or(0));
    behaviour.busy = row.integer("busy", 0, 1000).value_or(0);
    behaviour.takes_effect = row.boolean("takes_effect").value_or(is_success(behaviour.result));
    behaviour.loses_old = row.boolean("loses_old").value_or(false);
    behaviour.keeps_old = row.boolean("keeps_old").value_or(false);
    if (row.has("features")) {
        behaviour.features = read_features(row);
    }
    behaviour.seconds = row.seconds("seconds").value_or(0);
    behaviour.ignores_cancel = row.boolean("ignores_cancel").value_or(false);
    behaviour.failing_action = row.text_or("failing_action", "");
    behaviour.error_texts = row.texts("error_texts");
    behaviour.asks_for_reboot = row.boolean("asks_for_reboot").value_or(false);
    behaviour.needs_properties = read_needed_properties(row);
    behaviour.upgrade_package = row.boolean("upgrade_package").value_or(row.has("patch_code"));
    return behaviour;
}

DescribedTransform read_transform(RowReader row) {
    DescribedTransform transform;
    transform.path = row.required_text("path");
    transform.product_code = read_code(row, "product_code");
    transform.upgrade_code = read_code(row, "upgrade_code");
    transform.package_code = read_code(row, "package_code");
    transform.version = row.text_or("version", "");
    transform.name = row.text_or("name", "");
    row.finish();
    return transform;
}

}  // namespace

DescribedPackage read_package(RowReader row) {
    DescribedPackage described;
    described.package.path = row.required_text("path");
    if (auto error = row.object("error")) {
        described.error = read_error(*error, {"package_unreadable", "package_invalid", "access_denied"},
                                     "read the package");
    } else if (row.has("patch_code")) {
        described.package.patch = read_patch(row);
        described.behaviour = read_behaviour(row);
    } else {
        read_description(row, described.package);
        described.behaviour = read_behaviour(row);
        for (const auto& transform : row.objects("transforms")) {
            described.transforms.push_back(read_transform(transform));
        }
    }
    row.finish();
    return described;
}

OtherInstallation read_other_installation(RowReader row) {
    OtherInstallation other;
    other.seconds = row.seconds("seconds").value_or(0);
    for (const auto& product : row.objects("installs")) {
        other.installs.push_back(read_product(product));
    }
    row.finish();
    return other;
}

}  // namespace upshift::simulation
