// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/log_path.hpp"

#include <array>
#include <cstdio>

#include "machine/files.hpp"
#include "product_version/file_name.hpp"

namespace upshift {

namespace {

std::string random_suffix() {
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), "-%08x", random_number());
    return text.data();
}

std::string stem_of(const std::string& package) {
    const std::string name = file_name(package);
    return name.substr(0, name.rfind('.'));
}

}  // namespace

std::string new_log_path(const std::string& package) {
    const auto folder = temporary_folder();
    while (true) {
        auto path = path_in(folder, "upshift-" + stem_of(package) + random_suffix() + ".log");
        if (!file_exists(path)) {
            return path;
        }
    }
}

}  // namespace upshift
