// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "contract/arguments/argument_table.hpp"
#include "contract/json/answer.hpp"
#include "contract/json/schema.hpp"
#include "contract/operations.hpp"
#include "contract_full_answer.hpp"
#include "contract_support.hpp"

using namespace upshift;
using Json = nlohmann::ordered_json;

namespace {

Json schema_of(std::string_view operation) {
    return Json::parse(schema_json(operation));
}

Json argument_of(std::string_view operation, const char* name) {
    return schema_of(operation)["arguments"]["properties"][name];
}

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) {
        keys.push_back(key);
    }
    return keys;
}

/// All keys of a value, as paths without list places: "targets.error.kind". What properties are called is the
/// user's affair.
std::set<std::string> answer_paths(const Json& value, const std::string& at) {
    std::set<std::string> paths;
    if (value.is_array()) {
        for (const auto& element : value) {
            paths.merge(answer_paths(element, at));
        }
    }
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items()) {
            paths.insert(at + key);
            if (key != "properties") {
                paths.merge(answer_paths(inner, at + key + "."));
            }
        }
    }
    return paths;
}

std::set<std::string> schema_paths(const Json& schema, const std::string& at) {
    std::set<std::string> paths;
    const Json& rows = schema.contains("items") ? schema["items"] : schema;
    if (rows.contains("properties")) {
        for (const auto& [key, inner] : rows["properties"].items()) {
            paths.insert(at + key);
            paths.merge(schema_paths(inner, at + key + "."));
        }
    }
    return paths;
}

}  // namespace

TEST_CASE("the schema names every argument of the table, in its order", "[contract]") {
    for (const auto& operation : operations()) {
        CAPTURE(operation.name);
        std::vector<std::string> names;
        for (const auto& argument : table_of(operation.name).arguments) {
            names.emplace_back(argument.name);
        }
        CHECK(keys_of(schema_of(operation.name)["arguments"]["properties"]) == names);
    }
}

TEST_CASE("the schemas together name every field that an answer can hold, and no other", "[contract]") {
    std::set<std::string> known;
    for (const auto& operation : operations()) {
        known.merge(schema_paths(schema_of(operation.name)["answer"], ""));
    }
    CHECK(answer_paths(Json::parse(to_json_line(test::full_answer())), "") == known);
}

TEST_CASE("only the listings have rows of VMs, products and packages", "[contract]") {
    const auto has = [](std::string_view operation, const char* field) {
        return schema_of(operation)["answer"]["properties"].contains(field);
    };
    CHECK(has("hyperv_vm_version_info", "vms"));
    CHECK_FALSE(has("hyperv_vm_version", "vms"));
    CHECK(has("hyperv_vm_version", "hosts"));
    CHECK(has("msi_product_version_info", "products"));
    CHECK(has("msi_product_version_info", "packages"));
    CHECK_FALSE(has("msi_product_version", "hosts"));
}

TEST_CASE("the schema tells default, choices, range and unit", "[contract]") {
    CHECK(argument_of("hyperv_vm_version", "timeout").dump() ==
          R"({"description":"How long one VM may take.","type":"integer","minimum":1,"maximum":86400,)"
          R"("x-unit":"seconds","default":1800})");
    CHECK(
        argument_of("msi_product_version", "when_newer").dump() ==
        R"({"description":"What a newer installed version means.","type":"string","enum":["unchanged","fail"],)"
        R"("default":"unchanged"})");
    CHECK(argument_of("hyperv_vm_version", "restart")["default"] == true);
    CHECK(argument_of("hyperv_vm_version", "name")["items"]["type"] == "string");
}

TEST_CASE("the schema tells what is not yet available", "[contract]") {
    CHECK(argument_of("msi_product_version", "engine")["x-available"].dump() == R"(["auto","api","wmi"])");
    CHECK(argument_of("hyperv_vm_version", "endpoint")["x-available"] == false);
    CHECK_FALSE(argument_of("hyperv_vm_version", "when_running").contains("x-available"));
}

TEST_CASE("the schema marks secrets", "[contract]") {
    CHECK(argument_of("hyperv_vm_version", "password")["writeOnly"] == true);
    CHECK(argument_of("msi_product_version", "secret_properties")["writeOnly"] == true);
    CHECK_FALSE(argument_of("hyperv_vm_version", "username").contains("writeOnly"));
}

TEST_CASE("the schema tells which arguments need and exclude each other", "[contract]") {
    CHECK(schema_of("hyperv_vm_version")["arguments"]["anyOf"].dump() ==
          R"([{"required":["name"]},{"required":["id"]}])");
    CHECK(schema_of("msi_product_version")["arguments"]["allOf"][0].dump() ==
          R"({"not":{"required":["packages","path"]}})");
    CHECK(argument_of("msi_product_version", "packages")["items"]["required"].dump() == R"(["path"])");
}

TEST_CASE("there is no schema of an unknown operation", "[contract]") {
    CHECK_THROWS_AS(schema_json("dance"), OperationError);
}

TEST_CASE("every argument is described in whole sentences", "[contract]") {
    for (const auto& operation : operations()) {
        for (const auto& argument : table_of(operation.name).arguments) {
            CAPTURE(operation.name, argument.name);
            CHECK(argument.description.ends_with('.'));
        }
    }
}

TEST_CASE("every default passes the check of its own argument", "[contract]") {
    for (const auto& operation : operations()) {
        const bool is_vm = operation.name.starts_with("hyperv_");
        for (const auto& argument : table_of(operation.name).arguments) {
            if (argument.default_text.empty()) {
                continue;
            }
            CAPTURE(operation.name, argument.name);
            const std::string target = is_vm ? R"("name": "web", ")" : R"("path": "a.msi", ")";
            CHECK(test::refusal_of(operation.name, "{" + target + std::string(argument.name) + R"(": ")" +
                                                       std::string(argument.default_text) + "\"}") ==
                  "accepted");
        }
    }
}
