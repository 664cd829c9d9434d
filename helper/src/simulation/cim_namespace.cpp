// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/cim_namespace.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace upshift::simulation {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<CimNamespace> cim_namespace_named(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, CimNamespace>, 4> names{
        {{R"(root\virtualization\v2)", CimNamespace::virtualization},
         {R"(root\HyperVCluster\v2)", CimNamespace::cluster_virtualization},
         {R"(root\MSCluster)", CimNamespace::cluster},
         {R"(root\cimv2)", CimNamespace::operating_system}}};
    std::string spelled(name);
    std::replace(spelled.begin(), spelled.end(), '/', '\\');
    const auto* const found = std::find_if(
        names.begin(), names.end(), [&](const auto& known) { return same_text(known.first, spelled); });
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

bool same_text(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::string folded(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

}  // namespace upshift::simulation
