// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "contract_support.hpp"

using namespace upshift;
using test::product_refusal;

namespace {

std::string refused(const std::string& path, const std::string& rest) {
    return "Could not use the argument \"" + path + "\": " + rest;
}

}  // namespace

TEST_CASE("public properties are taken with texts and whole numbers, empty ones too", "[contract]") {
    CHECK(product_refusal(
              R"({"path": "a", "properties": {"INSTALLDIR": "D:\\App; \"x\"", "_A.1": "", "PORT": 8080}})") ==
          "accepted");
    CHECK(product_refusal(R"({"path": "a", "properties": {}})") == "accepted");
    CHECK(
        product_refusal(R"({"path": "a", "properties": {"ON": true}})") ==
        refused("properties.ON", "it is the boolean true; needed is a string or a whole number. Quote it."));
    CHECK(
        product_refusal(R"({"path": "a", "properties": {"RATIO": 1.5}})") ==
        refused("properties.RATIO", "it is the number 1.5; needed is a string or a whole number. Quote it."));
    CHECK(product_refusal(R"({"path": "a", "properties": {"TEXT": "a\nb"}})") ==
          refused("properties.TEXT", "it holds a line break; needed is text on one line."));
    CHECK(product_refusal(R"({"path": "a", "properties": "INSTALLDIR=D:"})") ==
          refused(
              "properties",
              "it is the string \"INSTALLDIR=D:\"; needed is an object of public properties whose values are "
              "strings."));
}

TEST_CASE("a property without a value is told how an empty one is written", "[contract]") {
    CHECK(
        product_refusal(R"({"path": "a", "properties": {"PROXY": null}})") ==
        refused("properties.PROXY",
                "it is null; needed is a string or a whole number. For an empty value write \"\"; YAML reads "
                "nothing as null."));
}

TEST_CASE("a property that is not public is refused with the name that is", "[contract]") {
    CHECK(
        product_refusal(R"({"path": "a", "properties": {"InstallDir": "D:"}})") ==
        refused("properties.InstallDir",
                "it is not the name of a public property; needed is capital letters, digits, underscores and "
                "full stops, beginning with a letter or an underscore. Did you mean \"INSTALLDIR\"?"));
    CHECK_THAT(product_refusal(R"({"path": "a", "properties": {"MY PROP": "D:"}})"),
               Catch::Contains("needed is capital letters") && !Catch::Contains("Did you mean"));
}

TEST_CASE("a property that the plan sets itself is refused with the way to say it", "[contract]") {
    CHECK(
        product_refusal(R"({"packages": [{"path": "a", "properties": {"reboot": "Force"}}]})") ==
        refused(
            "packages[0].properties.reboot",
            "Upshift sets this property itself; needed is another property. Restarts are always suppressed; "
            "reboot_required says that one is due."));
    for (const std::string name : {"REINSTALL", "REINSTALLMODE", "REMOVE", "ACTION", "PATCH", "TRANSFORMS",
                                   "ADVERTISE", "MSINEWINSTANCE", "MSIRESTARTMANAGERCONTROL"}) {
        CAPTURE(name);
        CHECK_THAT(product_refusal(R"({"path": "a", "properties": {")" + name + R"(": "1"}})"),
                   Catch::Contains("Upshift sets this property itself"));
    }
}

TEST_CASE("a transform is a file of its own", "[contract]") {
    CHECK(product_refusal(R"({"path": "a", "transforms": ["C:\\a.mst", "b.mst"]})") == "accepted");
    for (const std::string path : {":within.mst", "@a.mst", "|a.mst", "a.mst;b.mst"}) {
        CAPTURE(path);
        CHECK_THAT(product_refusal(R"({"path": "a", "transforms": ")" + path + R"("})"),
                   Catch::Contains("needed is the path of an .mst file, without a semicolon"));
    }
}
