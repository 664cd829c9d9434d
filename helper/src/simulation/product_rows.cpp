// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/product_rows.hpp"

#include <nlohmann/json.hpp>

#include "simulation/product_values.hpp"
#include "support/error.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

json state_row(const InstalledPatch& patch) {
    return {{"patch_code", patch.patch_code}, {"state", name_of(patch.state)}, {"replaces", patch.replaces}};
}

json state_row(const DescribedProduct& described) {
    const auto& product = described.product;
    json features = json::array();
    for (const auto& feature : described.features) {
        features.push_back({{"name", feature.name}, {"state", name_of(feature.state)}});
    }
    json patches = json::array();
    for (const auto& patch : described.patches) {
        patches.push_back(state_row(patch));
    }
    return {{"name", product.name},
            {"product_code", product.product_code},
            {"upgrade_code", described.upgrade_code},
            {"package_code", product.package_code},
            {"version", product.version},
            {"language", product.language},
            {"publisher", product.publisher},
            {"context", name_of(product.context)},
            {"instance", product.instance},
            {"features", features},
            {"patches", patches}};
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
    product.instance = row.boolean("instance").value_or(false);
    described.features = read_features(row);
    described.patches = read_patches(row);
    row.finish();
    return described;
}

json product_state(const ProductChanges& changes) {
    json present = json::array();
    for (const auto& product : changes.present) {
        present.push_back(state_row(product));
    }
    return {{"present", present}, {"gone", changes.gone}, {"others_ended", changes.others_ended}};
}

ProductChanges read_product_state(const StateFile& state) {
    const json section = state.section("products");
    ProductChanges changes;
    if (section.is_null()) {
        return changes;
    }
    try {
        changes.others_ended = section.value("others_ended", false);
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
