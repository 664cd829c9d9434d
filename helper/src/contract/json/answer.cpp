// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/answer.hpp"

#include <nlohmann/json.hpp>

#include "contract/json/answer_rows.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

template <typename Row>
Json list_of(const std::vector<Row>& rows) {
    Json list = Json::array();
    for (const auto& row : rows) {
        list.push_back(to_json(row));
    }
    return list;
}

template <typename Row>
void add_rows(Json& object, const char* name, const std::optional<std::vector<Row>>& rows) {
    if (rows) {
        object[name] = list_of(*rows);
    }
}

void add_result(Json& object, const Answer& answer) {
    object["changed"] = answer.changed;
    object["failed"] = answer.failed;
    object["msg"] = answer.message;
    object["comment"] = answer.message;
    object["reboot_required"] = answer.reboot_required;
    if (answer.check_mode) {
        object["check_mode"] = true;
    }
    if (answer.simulated) {
        object["simulated"] = true;
    }
    if (answer.error) {
        object["error"] = to_json(*answer.error);
    }
}

}  // namespace

std::string to_json_line(const Answer& answer) {
    Json object;
    add_result(object, answer);
    object["targets"] = list_of(answer.targets);
    object["warnings"] = answer.warnings;
    if (answer.diff) {
        object["diff"] = {{"before", answer.diff->before}, {"after", answer.diff->after}};
    }
    add_rows(object, "hosts", answer.hosts);
    add_rows(object, "clusters", answer.clusters);
    add_rows(object, "vms", answer.vms);
    add_rows(object, "products", answer.products);
    add_rows(object, "packages", answer.packages);
    return object.dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace upshift
