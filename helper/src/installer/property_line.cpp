// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/property_line.hpp"

namespace upshift {

std::string property_line(const std::vector<std::pair<std::string, std::string>>& properties) {
    std::string line;
    for (const auto& [name, value] : properties) {
        line += (line.empty() ? "" : " ") + name + "=\"";
        for (const char c : value) {
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        }
        line += '"';
    }
    return line;
}

}  // namespace upshift
