// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/progress.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace upshift {

std::string to_json_line(const ProgressEvent& event) {
    constexpr std::array<const char*, 3> kinds{"begun", "step", "finished"};
    nlohmann::ordered_json line;
    line["event"] = kinds.at(static_cast<std::size_t>(event.kind));
    line["target"] = event.target;
    line["text"] = event.text;
    line["done"] = event.done;
    line["total"] = event.total;
    if (event.percent >= 0) {
        line["percent"] = event.percent;
    }
    return line.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace upshift
