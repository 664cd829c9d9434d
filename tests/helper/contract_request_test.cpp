// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract_support.hpp"

using namespace upshift;
using test::accepted;

namespace {

using Texts = std::vector<std::string>;

VmVersionRequest vm_request(std::string_view text) {
    return accepted<VmVersionRequest>("hyperv_vm_version", text);
}

ProductVersionRequest product_request(std::string_view text) {
    return accepted<ProductVersionRequest>("msi_product_version", text);
}

bool restart_of(const std::string& value) {
    return vm_request(R"({"name": "web", "restart": )" + value + "}").restart;
}

std::size_t parallel_of(const std::string& value) {
    return vm_request(R"({"name": "web", "parallel": )" + value + "}").parallel;
}

}  // namespace

TEST_CASE("a VM request without choices has the defaults of the table", "[contract]") {
    const VmVersionRequest defaults;
    const auto request = vm_request(R"({"name": "web"})");
    CHECK(request.when_absent == defaults.when_absent);
    CHECK(request.version == defaults.version);
    CHECK(request.when_running == defaults.when_running);
    CHECK(request.when_saved == defaults.when_saved);
    CHECK(request.when_checkpoint_saved == defaults.when_checkpoint_saved);
    CHECK(request.shutdown_timeout == defaults.shutdown_timeout);
    CHECK(request.restart == defaults.restart);
    CHECK(request.parallel == defaults.parallel);
    CHECK(request.timeout == defaults.timeout);
    CHECK(request.stop_on_failure == defaults.stop_on_failure);
    CHECK(request.simulation == defaults.simulation);
}

TEST_CASE("a product request without choices has the defaults of the table", "[contract]") {
    const ProductVersionRequest defaults;
    const auto request = product_request(R"({"path": "C:\\a.msi"})");
    CHECK(request.when_absent == defaults.when_absent);
    CHECK(request.when_newer == defaults.when_newer);
    CHECK(request.timeout == defaults.timeout);
    CHECK(request.stop_on_failure == defaults.stop_on_failure);
    CHECK(request.simulation == defaults.simulation);
}

TEST_CASE("every VM argument reaches the request", "[contract]") {
    const auto request = vm_request(R"({
        "name": ["web*", "db?"], "id": "{b637f346-6a0e-4dec-af52-bd70cb80a21d}", "exclude": "web9",
        "when_absent": "skip", "version": "10.5", "when_running": "shut_down", "when_saved": "skip",
        "when_checkpoint_saved": "skip", "shutdown_timeout": 60, "restart": false, "parallel": 4, "timeout": 900,
        "stop_on_failure": true, "simulation": "host.json"})");
    CHECK(request.selection.names == Texts{"web*", "db?"});
    CHECK(request.selection.ids == Texts{"B637F346-6A0E-4DEC-AF52-BD70CB80A21D"});
    CHECK(request.selection.exclude == Texts{"web9"});
    CHECK(request.when_absent == WhenAbsent::skip);
    CHECK(request.version == ConfigurationVersion{10, 5});
    CHECK(request.when_running == WhenObstructed::act);
    CHECK(request.when_saved == WhenObstructed::skip);
    CHECK(request.when_checkpoint_saved == WhenObstructed::skip);
    CHECK(request.shutdown_timeout == std::chrono::seconds(60));
    CHECK_FALSE(request.restart);
    CHECK(request.parallel == 4);
    CHECK(request.timeout == std::chrono::seconds(900));
    CHECK(request.stop_on_failure);
    CHECK(request.simulation == "host.json");
}

TEST_CASE("every product argument reaches the request", "[contract]") {
    const auto request = product_request(R"({
        "packages": [{"path": "a.msi", "version": "2.1.0", "log_path": "a.log",
                      "product_code": "b637f346-6a0e-4dec-af52-bd70cb80a21d",
                      "upgrade_code": "{0A37F346-6A0E-4DEC-AF52-BD70CB80A21D}"},
                     {"path": "b.msi"}],
        "engine": "api", "when_absent": "install", "when_newer": "fail", "timeout": "60", "stop_on_failure": "yes",
        "simulation": "host.json"})");
    REQUIRE(request.packages.size() == 2);
    CHECK(request.packages[0].path == "a.msi");
    CHECK(request.packages[0].version == "2.1.0");
    CHECK(request.packages[0].product_code == "{B637F346-6A0E-4DEC-AF52-BD70CB80A21D}");
    CHECK(request.packages[0].upgrade_code == "{0A37F346-6A0E-4DEC-AF52-BD70CB80A21D}");
    CHECK(request.packages[0].log_path == "a.log");
    CHECK(request.packages[1].path == "b.msi");
    CHECK(request.packages[1].product_code.empty());
    CHECK(request.when_absent == WhenAbsent::install);
    CHECK(request.when_newer == WhenNewer::fail);
    CHECK(request.timeout == std::chrono::seconds(60));
    CHECK(request.stop_on_failure);
    CHECK(request.simulation == "host.json");
}

TEST_CASE("the single form takes the keys of a package at the top", "[contract]") {
    const auto request = product_request(R"({"path": "a.msi", "version": "2.1", "log_path": "a.log"})");
    REQUIRE(request.packages.size() == 1);
    CHECK(request.packages[0].path == "a.msi");
    CHECK(request.packages[0].version == "2.1");
    CHECK(request.packages[0].log_path == "a.log");
}

TEST_CASE("the info operations take their selections", "[contract]") {
    const auto vms =
        accepted<VmInfoRequest>("hyperv_vm_version_info", R"({"exclude": [], "simulation": "h.json"})");
    CHECK(vms.selection.names.empty());
    CHECK(vms.simulation == "h.json");
    const auto products = accepted<ProductInfoRequest>(
        "msi_product_version_info",
        R"({"name": "App*", "product_code": ["b637f346-6a0e-4dec-af52-bd70cb80a21d"],
            "upgrade_code": "0a37f346-6a0e-4dec-af52-bd70cb80a21d", "path": ["a.msi", "b.msi"]})");
    CHECK(products.names == Texts{"App*"});
    CHECK(products.product_codes == Texts{"{B637F346-6A0E-4DEC-AF52-BD70CB80A21D}"});
    CHECK(products.upgrade_codes == Texts{"{0A37F346-6A0E-4DEC-AF52-BD70CB80A21D}"});
    CHECK(products.paths == Texts{"a.msi", "b.msi"});
}

TEST_CASE("a list takes one value, and commas in it stay", "[contract]") {
    CHECK(vm_request(R"({"name": "web, old"})").selection.names == Texts{"web, old"});
    CHECK(product_request(R"({"packages": {"path": "a, b.msi"}})").packages[0].path == "a, b.msi");
}

TEST_CASE("booleans are taken in every form that Ansible takes", "[contract]") {
    for (const std::string value : {"true", "1", "1.0", R"("yes")", R"("On")", R"("TRUE")", R"("1")",
                                    R"("y")", R"("T")", R"(" yes ")"}) {
        CAPTURE(value);
        CHECK(restart_of(value));
    }
    for (const std::string value :
         {"false", "0", R"("no")", R"("oFF")", R"("False")", R"("0")", R"("N")", R"("f")"}) {
        CAPTURE(value);
        CHECK_FALSE(restart_of(value));
    }
}

TEST_CASE("whole numbers are taken in every form that Ansible takes", "[contract]") {
    for (const std::string value : {"12", "12.0", "1.2e1", R"("12")", R"(" 12 ")", R"("+12")", R"("12.0")"}) {
        CAPTURE(value);
        CHECK(parallel_of(value) == 12);
    }
}

TEST_CASE("each engine is asked for by its name", "[contract]") {
    CHECK(product_request(R"({"path": "a"})").engine == Engine::automatic);
    CHECK(product_request(R"({"path": "a", "engine": "api"})").engine == Engine::api);
    CHECK(product_request(R"({"path": "a", "engine": "wmi"})").engine == Engine::wmi);
}

TEST_CASE("null means not given", "[contract]") {
    const auto request = vm_request(R"({"name": "web", "id": null, "version": null, "restart": null,
                                        "simulation": null, "_ansible_check_mode": null})");
    CHECK(request.selection.ids.empty());
    CHECK(request.restart);
    CHECK_FALSE(request.version);
}

TEST_CASE("check mode and diff come from the text or from the switches", "[contract]") {
    const auto options = [](std::string_view text, AnswerOptions switches) {
        return parse_request("hyperv_vm_version", text, switches).options;
    };
    const std::string plain = R"({"name": "web"})";
    const std::string asked = R"({"name": "web", "_ansible_check_mode": "yes", "_ansible_diff": true})";
    CHECK_FALSE(options(plain, {}).check_mode);
    CHECK_FALSE(options(plain, {}).diff);
    CHECK(options(asked, {}).check_mode);
    CHECK(options(asked, {}).diff);
    CHECK(options(plain, {true, true}).check_mode);
    CHECK(options(plain, {true, true}).diff);
    CHECK(options(R"({"name": "web", "_ansible_check_mode": false})", {true, false}).check_mode);
}

TEST_CASE("names beyond ASCII reach the request unharmed", "[contract]") {
    CHECK(vm_request(R"({"name": "B\u00fccher-\ud83d\ude00"})").selection.names ==
          Texts{"Bücher-\xF0\x9F\x98\x80"});
    CHECK(vm_request("{\"name\": \"Bücher-\xF0\x9F\x98\x80\"}").selection.names ==
          Texts{"Bücher-\xF0\x9F\x98\x80"});
}
