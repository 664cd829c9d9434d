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

PatchState read_patch_state(RowReader& row) {
    const std::string name = row.choice("state", {"applied", "superseded", "obsolete"});
    for (const auto state : {PatchState::superseded, PatchState::obsolete}) {
        if (name == name_of(state)) {
            return state;
        }
    }
    return PatchState::applied;
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

std::vector<InstalledPatch> read_patches(RowReader& row) {
    std::vector<InstalledPatch> patches;
    for (auto& each : row.objects("patches")) {
        InstalledPatch patch{read_required_code(each, "patch_code"), read_patch_state(each), {}};
        patch.replaces = read_codes(each, "replaces");
        each.finish();
        patches.push_back(std::move(patch));
    }
    return patches;
}

std::vector<std::string> read_codes(RowReader& row, std::string_view key) {
    std::vector<std::string> codes;
    for (const auto& text : row.texts(key)) {
        const auto guid = parse_guid(text);
        if (!guid) {
            row.refuse(key, "the text \"" + text + "\"", "GUIDs");
        }
        codes.push_back(braced(*guid));
    }
    return codes;
}

}  // namespace upshift::simulation
