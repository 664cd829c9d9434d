// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/log_path.hpp"

#include <array>
#include <cstdio>
#include <random>

#include "product_version/file_name.hpp"
#include "support/utf8_path.hpp"

namespace upshift {

namespace {

std::string utf8_text(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

std::string random_suffix() {
    std::random_device random;
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), "-%08x", random());
    return text.data();
}

std::string stem_of(const std::string& package) {
    const std::string name = file_name(package);
    return name.substr(0, name.rfind('.'));
}

}  // namespace

std::string new_log_path(const std::string& package) {
    const auto folder = std::filesystem::temp_directory_path();
    while (true) {
        const auto path = folder / utf8_path("upshift-" + stem_of(package) + random_suffix() + ".log");
        if (!std::filesystem::exists(path)) {
            return utf8_text(path);
        }
    }
}

}  // namespace upshift
