// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/product_values.hpp"

#include "support/guid.hpp"

namespace upshift::simulation {

namespace {

constexpr std::int64_t english = 1033;

FeatureState read_feature_state(RowReader& row) {
    const std::string name = row.choice("state", {"local", "advertised", "absent", "source"});
    for (const auto state : {FeatureState::absent, FeatureState::advertised, FeatureState::source}) {
        if (name == name_of(state)) {
            return state;
        }
    }
    return FeatureState::local;
}

}  // namespace

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

std::vector<Feature> read_features(RowReader& row) {
    std::vector<Feature> features;
    for (auto& each : row.objects("features")) {
        features.push_back({each.required_text("name"), read_feature_state(each)});
        each.finish();
    }
    return features;
}

}  // namespace upshift::simulation
