// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "contract_support.hpp"

using namespace upshift;
using test::product_refusal;
using test::refusal_of;
using test::vm_refusal;

namespace {

std::string refused(const std::string& path, const std::string& rest) {
    return "Could not use the argument \"" + path + "\": " + rest;
}

/// With a VM named, so that the argument in question is the only thing to say.
std::string vm_refusal_with(const std::string& argument) {
    return vm_refusal(R"({"name": "web", )" + argument + "}");
}

}  // namespace

TEST_CASE("an unknown argument is refused with the nearest name", "[contract]") {
    CHECK(refusal_of("hyperv_vm_version_info", R"({"exlude": "web"})") ==
          refused("exlude",
                  "there is no such argument; needed is \"name\", \"id\", \"exclude\", \"cluster\" or "
                  "\"simulation\". Did you mean \"exclude\"?"));
    CHECK(refusal_of("hyperv_vm_version_info", R"({"colour": "blue"})") ==
          refused("colour",
                  "there is no such argument; needed is \"name\", \"id\", \"exclude\", \"cluster\" or "
                  "\"simulation\"."));
    CHECK(product_refusal(R"({"packages": [{"path": "a.msi"}, {"pth": "b.msi"}]})") ==
          refused(
              "packages[1].pth",
              "there is no such argument; needed is \"path\", \"version\", "
              "\"product_code\", \"upgrade_code\", \"name\", \"properties\", \"transforms\" or \"log_path\". "
              "Did you mean \"path\"?"));
}

TEST_CASE("an argument that belongs beside packages is shown its place", "[contract]") {
    CHECK_THAT(product_refusal(R"({"packages": [{"path": "a.msi", "when_absent": "install"}]})"),
               Catch::EndsWith("\"when_absent\" counts for all of them: give it beside \"packages\"."));
}

TEST_CASE("several packages are shown their form", "[contract]") {
    CHECK_THAT(product_refusal(R"({"path": ["a.msi", "b.msi"]})"),
               Catch::EndsWith("For several give \"packages\": a list of objects, each with its \"path\"."));
    CHECK_THAT(product_refusal(R"({"packages": ["a.msi"]})"),
               Catch::StartsWith("Could not use the argument \"packages[0]\"") &&
                   Catch::EndsWith("needed is an object. Write {path: a.msi}."));
    CHECK_THAT(product_refusal(R"({"path": {"a": 1}})"), !Catch::Contains("packages"));
}

TEST_CASE("an unknown argument of megabytes is refused without its length", "[contract]") {
    const std::string name(1'000'000, 'x');
    CHECK(refusal_of("hyperv_vm_version_info", "{\"" + name + "\": 1}") ==
          refused(std::string(60, 'x') + "...",
                  "there is no such argument; needed is \"name\", \"id\", \"exclude\", \"cluster\" "
                  "or \"simulation\"."));
}

TEST_CASE("an unknown operation is refused with the nearest one", "[contract]") {
    CHECK(refusal_of("hyperv_vm_versoin", "{}") ==
          "Could not run the operation \"hyperv_vm_versoin\": there is no such operation; needed is "
          "\"hyperv_vm_version\", \"hyperv_vm_version_info\", \"msi_product_version\" or "
          "\"msi_product_version_info\". Did you mean \"hyperv_vm_version\"?");
    CHECK(refusal_of("dance", "{}") ==
          "Could not run the operation \"dance\": there is no such operation; needed is "
          "\"hyperv_vm_version\", \"hyperv_vm_version_info\", \"msi_product_version\" or "
          "\"msi_product_version_info\".");
}

TEST_CASE("a number for a version is refused with the reason", "[contract]") {
    CHECK(vm_refusal_with(R"("version": 10.0)") ==
          refused("version",
                  "it is the number 10; needed is \"default\" or a version such as \"10.0\". Quote it: "
                  "YAML reads 1.10 as 1.1."));
    CHECK(product_refusal(R"({"packages": [{"path": "a"}, {"path": "b", "version": 1.10}]})") ==
          refused("packages[1].version",
                  "it is the number 1.1; needed is a version such as \"2.1.0\". Quote it: "
                  "YAML reads 1.10 as 1.1."));
}

TEST_CASE("a version that does not parse is refused", "[contract]") {
    for (const std::string version : {"10", "10.0.1", "ten", " 10.0", "latest", "10.0 "}) {
        CAPTURE(version);
        CHECK(vm_refusal_with(R"("version": ")" + version + "\"") ==
              refused("version", "it is the string \"" + version +
                                     "\"; needed is \"default\" or a version such as \"10.0\"."));
    }
    CHECK(product_refusal(R"({"path": "a", "version": "1.x"})") ==
          refused("version", "it is the string \"1.x\"; needed is a version such as \"2.1.0\"."));
}

TEST_CASE("a GUID that does not parse is refused, in a list with its place", "[contract]") {
    CHECK(vm_refusal(R"({"id": ["B637F346-6A0E-4DEC-AF52-BD70CB80A21D", "web01"]})") ==
          refused("id[1]",
                  "it is the string \"web01\"; needed is a GUID such as "
                  "\"B637F346-6A0E-4DEC-AF52-BD70CB80A21D\"."));
    CHECK(product_refusal(R"({"path": "a", "product_code": "{B637F346-6A0E-4DEC-AF52-BD70CB80A21}"})") ==
          refused("product_code",
                  "it is the string \"{B637F346-6A0E-4DEC-AF52-BD70CB80A21}\"; needed is a GUID such "
                  "as \"B637F346-6A0E-4DEC-AF52-BD70CB80A21D\"."));
}

TEST_CASE("a wrong type is told with what was found and what is needed", "[contract]") {
    CHECK(vm_refusal(R"({"name": 5})") ==
          refused("name[0]", "it is the number 5; needed is a string. Quote it."));
    CHECK(vm_refusal(R"({"name": {"web": 1}})") ==
          refused("name[0]", "it is an object; needed is a string."));
    CHECK(vm_refusal(R"({"name": ["a", null]})") == refused("name[1]", "it is null; needed is a string."));
    CHECK(vm_refusal_with(R"("simulation": ["a"])") ==
          refused("simulation", "it is a list; needed is a path as a string."));
    CHECK(vm_refusal_with(R"("restart": "maybe")") ==
          refused("restart",
                  "it is the string \"maybe\"; needed is true or false (or yes, no, on, off, 1, 0)."));
    CHECK(vm_refusal_with(R"("restart": 2)") ==
          refused("restart", "it is the number 2; needed is true or false (or yes, no, on, off, 1, 0)."));
    CHECK(vm_refusal_with(R"("when_running": true)") ==
          refused("when_running", "it is the boolean true; needed is \"fail\", \"skip\" or \"shut_down\"."));
    CHECK(product_refusal(R"({"packages": "a.msi"})") ==
          refused("packages[0]", "it is the string \"a.msi\"; needed is an object. Write {path: a.msi}."));
}

TEST_CASE("a choice that does not exist is refused with the nearest one", "[contract]") {
    CHECK(vm_refusal_with(R"("when_running": "shutdown")") ==
          refused("when_running",
                  "it is the string \"shutdown\"; needed is \"fail\", \"skip\" or \"shut_down\". "
                  "Did you mean \"shut_down\"?"));
}

TEST_CASE("a number out of range is told with range and unit", "[contract]") {
    CHECK(vm_refusal_with(R"("parallel": 0)") ==
          refused("parallel", "it is the number 0; needed is a whole number from 1 to 256 (VMs)."));
    CHECK(vm_refusal_with(R"("timeout": 86401)") ==
          refused("timeout", "it is the number 86401; needed is a whole number from 1 to 86400 (seconds)."));
    CHECK(vm_refusal_with(R"("timeout": 100000000000000000000)") ==
          refused("timeout", "it is the number 1e+20; needed is a whole number from 1 to 86400 (seconds)."));
    CHECK(vm_refusal_with(R"("shutdown_timeout": -1)") ==
          refused("shutdown_timeout",
                  "it is the number -1; needed is a whole number from 1 to 86400 (seconds)."));
}

TEST_CASE("what is no whole number is refused where one is needed", "[contract]") {
    const auto refusal = [](const std::string& found) {
        return refused("parallel", "it is " + found + "; needed is a whole number from 1 to 256 (VMs).");
    };
    CHECK(vm_refusal_with(R"("parallel": 1.5)") == refusal("the number 1.5"));
    CHECK(vm_refusal_with(R"("parallel": true)") == refusal("the boolean true"));
    for (const std::string text : {"two", "1.5", "0x10", "nan", "inf", "", " ", "+-4", "4 VMs"}) {
        CAPTURE(text);
        const std::string quoted = nlohmann::json(text).dump();
        CHECK(vm_refusal_with(R"("parallel": )" + quoted) == refusal("the string " + quoted));
    }
}

TEST_CASE("arguments that contradict each other are refused", "[contract]") {
    CHECK(product_refusal(R"({"path": "a.msi", "packages": [{"path": "b.msi"}]})") ==
          refused("packages",
                  "\"path\" is given too, and they contradict each other; needed is only one of them."));
    CHECK(product_refusal(R"({"packages": [{"path": "b.msi"}], "version": "1.0"})") ==
          refused("packages",
                  "\"version\" is given too, and they contradict each other; needed is only one of "
                  "them."));
}

TEST_CASE("a required argument that is missing is named", "[contract]") {
    CHECK(vm_refusal("{}") == "Could not use the arguments: one is missing; needed is \"name\" or \"id\".");
    CHECK(vm_refusal(R"({"name": null})") ==
          "Could not use the arguments: one is missing; needed is \"name\" or \"id\".");
    CHECK(product_refusal("{}") ==
          "Could not use the arguments: one is missing; needed is \"path\" or \"packages\".");
    CHECK(product_refusal(R"({"packages": [{"version": "1.0"}]})") ==
          refused("packages[0].path", "it is missing; needed is a path as a string."));
}

TEST_CASE("an empty selection never means everything", "[contract]") {
    CHECK(vm_refusal(R"({"name": []})") ==
          refused("name",
                  "it is an empty list; needed is at least one value. Leave it out where there is nothing to "
                  "say."));
    CHECK(refusal_of("hyperv_vm_version_info", R"({"name": ""})") ==
          refused("name[0]",
                  "it is an empty string; needed is a string. Leave it out where there is nothing to "
                  "say."));
    CHECK(vm_refusal_with(R"("simulation": "")") ==
          refused("simulation",
                  "it is an empty string; needed is a path as a string. Leave it out where there is "
                  "nothing to say."));
}

TEST_CASE("a choice that a later version brings is refused as not yet available", "[contract]") {
    CHECK(product_refusal(R"({"path": "a", "engine": "msiexec"})") ==
          refused("engine", "\"msiexec\" is not yet available; needed is \"auto\", \"api\" or \"wmi\"."));
}

TEST_CASE("Win32_Product takes neither a log nor secrets", "[contract]") {
    CHECK(
        product_refusal(R"({"path": "a", "engine": "wmi", "log_path": "C:\\a.log"})") ==
        refused("log_path",
                "engine is wmi, and Win32_Product writes no log; needed is another engine, or no log_path."));
    CHECK(product_refusal(
              R"({"path": "a", "engine": "wmi", "secret_properties": [{"name": "KEY", "value": "abcd"}]})") ==
          refused("secret_properties", "this argument is not yet available. Leave it out."));
}

TEST_CASE("an argument that a later version brings is taken as its default alone", "[contract]") {
    CHECK(vm_refusal_with(R"("cluster": "no", "force_off": false, "endpoint": null, "auth": "negotiate")") ==
          "accepted");
    CHECK(vm_refusal_with(R"("allow_unencrypted": true)") ==
          refused("allow_unencrypted",
                  "this argument is not yet available with another value than its default; needed is "
                  "false. Leave it out."));
    CHECK(vm_refusal_with(R"("endpoint": "https://host:5986/wsman")") ==
          refused("endpoint", "this argument is not yet available. Leave it out."));
    CHECK(product_refusal(R"({"path": "a", "transaction": "no"})") == "accepted");
    CHECK(product_refusal(R"({"path": "a", "transaction": true})") ==
          refused("transaction",
                  "this argument is not yet available with another value than its default; "
                  "needed is false. Leave it out."));
    CHECK(product_refusal(R"({"packages": [{"path": "a", "checksum": "sha256:00"}]})") ==
          refused("packages[0].checksum", "this argument is not yet available. Leave it out."));
}

TEST_CASE("a secret is in no refusal", "[contract]") {
    for (const std::string text : {
             R"({"name": "web", "password": "hunter2"})",
             R"({"name": "web", "password": ["hunter2"]})",
             R"({"name": "web", "password": "hunter2\u0000"})",
             R"({"name": "web", "password": "hunter2\ud800"})",
             R"({"name": "web", "password": "hunter2)",
             R"({"name": "web", "password": hunter2})",
             R"({"name": "web", "password": "hunter2", "password": "hunter2"})",
         }) {
        CAPTURE(text);
        const std::string told = vm_refusal(text);
        CHECK(told != "accepted");
        CHECK(told.find("hunter2") == std::string::npos);
    }
    for (const std::string text : {
             R"({"path": "a", "secret_properties": "hunter2"})",
             R"({"path": "a", "secret_properties": [{"name": "P", "value": ["hunter2"]}]})",
             R"({"packages": [{"path": "a", "secret_properties": [{"name": "P", "value": "hunter2"}]}]})",
             R"({"path": "a", "secret_properties": [{"name": "P", "value": "hunter2", "value": "hunter2"}]})",
         }) {
        CAPTURE(text);
        const std::string told = product_refusal(text);
        CHECK(told != "accepted");
        CHECK(told.find("hunter2") == std::string::npos);
    }
}

TEST_CASE("what Ansible passes along is no argument, but for its two switches", "[contract]") {
    const std::string text = R"({"name": "web", "_ansible_version": "2.16", "_ansible_anything": [1, {}]})";
    CHECK(vm_refusal(text) == "accepted");
    CHECK(vm_refusal_with(R"("_ansible_check_mode": "perhaps")") ==
          refused("_ansible_check_mode",
                  "it is the string \"perhaps\"; needed is true or false (or yes, no, on, off, 1, 0)."));
}
