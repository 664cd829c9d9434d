// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/product_rows.hpp"

#include <nlohmann/json.hpp>

#include "support/guid.hpp"
#include "support/version.hpp"

namespace upshift::simulation {

using nlohmann::json;

namespace {

constexpr std::int64_t english = 1033;

std::string read_code(RowReader& row, std::string_view key) {
    const std::string text = row.text_or(key, "");
    if (text.empty()) {
        return {};
    }
    const auto guid = parse_guid(text);
    if (!guid) {
        row.refuse(key, "the text \"" + text + "\"", "a GUID");
    }
    return braced(*guid);
}

std::string read_required_code(RowReader& row, std::string_view key) {
    (void)row.required_text(key);
    return read_code(row, key);
}

std::uint32_t read_language(RowReader& row) {
    return static_cast<std::uint32_t>(row.integer("language", 0, 65535).value_or(english));
}

InstallContext read_context(RowReader& row) {
    const std::string name = row.choice("context", {"machine", "user_managed", "user_unmanaged"});
    for (const auto context : {InstallContext::user_managed, InstallContext::user_unmanaged}) {
        if (name == name_of(context)) {
            return context;
        }
    }
    return InstallContext::machine;
}

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

ErrorDetail read_error(RowReader row) {
    ErrorDetail error;
    const std::string kind = row.choice("kind", {"package_unreadable", "package_invalid", "access_denied"});
    for (const auto known :
         {ErrorKind::package_unreadable, ErrorKind::package_invalid, ErrorKind::access_denied}) {
        if (kind == name_of(known)) {
            error.kind = known;
        }
    }
    error.attempted = row.text_or("attempted", "read the package");
    error.object = row.text_or("object", "");
    error.found = row.text_or("found", "");
    error.needed = row.text_or("needed", "");
    error.code = row.text_or("code", "");
    error.code_family = row.text_or("code_family", "");
    error.symbol = row.text_or("symbol", "");
    error.hint = row.text_or("hint", "");
    error.cause = row.text_or("cause", "");
    row.finish();
    return error;
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
    const bool are_given = row.has("upgrade_rows");
    for (const auto& upgrade : row.objects("upgrade_rows")) {
        package.upgrade_rows.push_back(read_upgrade_row(upgrade));
    }
    if (!are_given) {
        package.upgrade_rows = usual_upgrade_rows(package);
    }
}

json state_row(const DescribedProduct& described) {
    const auto& product = described.product;
    return {{"name", product.name},
            {"product_code", product.product_code},
            {"upgrade_code", described.upgrade_code},
            {"package_code", product.package_code},
            {"version", product.version},
            {"language", product.language},
            {"publisher", product.publisher},
            {"context", name_of(product.context)}};
}

}  // namespace

DescribedProduct read_product(RowReader row) {
    DescribedProduct described;
    InstalledProduct& product = described.product;
    product.name = row.required_text("name");
    product.product_code = read_required_code(row, "product_code");
    described.upgrade_code = read_code(row, "upgrade_code");
    product.package_code = read_code(row, "package_code");
    product.version = row.text_or("version", "");
    product.language = read_language(row);
    product.publisher = row.text_or("publisher", "");
    product.context = read_context(row);
    product.user_sid = row.text_or("user_sid", "");
    product.of_another_user = row.boolean("of_another_user").value_or(false);
    product.advertised = row.boolean("advertised").value_or(false);
    row.finish();
    return described;
}

DescribedPackage read_package(RowReader row) {
    DescribedPackage described;
    described.package.path = row.required_text("path");
    if (auto error = row.object("error")) {
        described.error = read_error(*error);
    } else {
        read_description(row, described.package);
        described.result = static_cast<std::uint32_t>(row.integer("result", 0, 0xFFFFFFFFLL).value_or(0));
    }
    row.finish();
    return described;
}

json product_state(const ProductChanges& changes) {
    json present = json::array();
    for (const auto& product : changes.present) {
        present.push_back(state_row(product));
    }
    return {{"present", present}, {"gone", changes.gone}};
}

ProductChanges read_product_state(const StateFile& state) {
    const json section = state.section("products");
    ProductChanges changes;
    if (section.is_null()) {
        return changes;
    }
    try {
        changes.gone = section.at("gone").get<std::vector<std::string>>();
        for (const auto& row : section.at("present")) {
            changes.present.push_back(read_product(RowReader(row, "state", "products")));
        }
    } catch (const json::exception& error) {
        state.refuse_damaged(std::string("its products are not as they were written: ") + error.what());
    } catch (const OperationError& error) {
        state.refuse_damaged(std::string("its products are not as they were written: ") + error.what());
    }
    return changes;
}

}  // namespace upshift::simulation
