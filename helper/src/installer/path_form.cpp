// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/path_form.hpp"

#include <algorithm>
#include <cctype>

namespace upshift {

namespace {

bool begins_with(const std::string& text, const std::string& beginning) {
    return text.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), text.begin(), [](char expected, char found) {
               return std::toupper(static_cast<unsigned char>(found)) == expected;
           });
}

bool has_drive(const std::string& path) {
    return path.size() >= 2 && path[1] == ':' && std::isalpha(static_cast<unsigned char>(path[0])) != 0;
}

/// What stands up to the next backslash; it is taken away together with that.
std::string take_part(std::string& rest) {
    const auto end = rest.find('\\');
    std::string part = rest.substr(0, end);
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
    return part;
}

WindowsPath on_share(std::string rest) {
    WindowsPath parsed{.form = PathForm::unc};
    parsed.computer = take_part(rest);
    parsed.share = take_part(rest);
    parsed.names_file = !rest.empty();
    return parsed;
}

WindowsPath on_drive(const std::string& path) {
    const bool from_root = path.size() > 2 && path[2] == '\\';
    WindowsPath parsed{.form = from_root ? PathForm::drive : PathForm::drive_relative};
    parsed.drive = path.substr(0, 2);
    return parsed;
}

}  // namespace

WindowsPath parse_windows_path(std::string path) {
    if (path.find("://") != std::string::npos) {
        return {.form = PathForm::url};
    }
    std::replace(path.begin(), path.end(), '/', '\\');
    if (begins_with(path, R"(\\?\UNC\)")) {
        return on_share(path.substr(8));
    }
    if (begins_with(path, R"(\\?\)") && has_drive(path.substr(4))) {
        return on_drive(path.substr(4));
    }
    if (begins_with(path, R"(\\?\)") || begins_with(path, R"(\\.\)")) {
        return {.form = PathForm::device};
    }
    if (begins_with(path, R"(\\)")) {
        return on_share(path.substr(2));
    }
    if (has_drive(path)) {
        return on_drive(path);
    }
    return {.form = begins_with(path, "\\") ? PathForm::root_relative : PathForm::relative};
}

}  // namespace upshift
