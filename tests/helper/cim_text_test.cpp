// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "cim/object_path_text.hpp"
#include "cim/wql_text.hpp"

using namespace upshift::cim;

TEST_CASE("a path's quotes and backslashes are escaped and come back") {
    const ObjectPath path{"A", {{"InstanceID", R"(Microsoft:Definition\x "y", z=1)"}, {"Name", ""}}};
    CHECK(object_path_text(path) == R"(A.InstanceID="Microsoft:Definition\\x \"y\", z=1",Name="")");
    CHECK(parse_object_path(object_path_text(path)) == path);
}

TEST_CASE("server and namespace are left out of a path, whatever the server is called") {
    const ObjectPath path{"Msvm_ConcreteJob", {{"InstanceID", "a:b"}}};
    CHECK(parse_object_path(
              R"(\\hv1.example.com\root\virtualization\v2:Msvm_ConcreteJob.InstanceID="a:b")") == path);
    CHECK(parse_object_path(R"(root\virtualization\v2:Msvm_ConcreteJob.InstanceID="a:b")") == path);
    CHECK(parse_object_path(R"(Msvm_ConcreteJob.InstanceID="a:b")") == path);
}

TEST_CASE("a class alone, its only object and a key that is a number are paths too") {
    CHECK(parse_object_path("A") == ObjectPath{"A", {}});
    CHECK(parse_object_path("A=@") == ObjectPath{"A", {}});
    CHECK(parse_object_path("A.N=5,B=\"x\"") == ObjectPath{"A", {{"N", "5"}, {"B", "x"}}});
}

TEST_CASE("a text that is no path gives none") {
    for (const auto* text : {"", "A.", "A.B", "A.B=\"x", "A.B=\"x\"y", "A.B=\"x\",", "A.=\"x\"", "A=\"x\""}) {
        CAPTURE(text);
        CHECK_FALSE(parse_object_path(text));
    }
}

TEST_CASE("a query names its columns and the keys once, and escapes what it filters by") {
    const Query query{
        "C",
        {"Name", "Version"},
        {{"Name", std::string(R"(it's \)")}, {"IsSaved", true}, {"Mode", std::int64_t{2}}, {"X", Value{}}}};
    CHECK(
        select_text(query, {"InstanceID", "Name"}) ==
        R"(SELECT Name, Version, InstanceID FROM C WHERE Name = 'it\'s \\' AND IsSaved = TRUE AND Mode = 2 AND X IS NULL)");
}

TEST_CASE("references are asked for by the object's path") {
    CHECK(references_text({"A", {{"K", "v"}}}, "B") == R"(REFERENCES OF {A.K="v"} WHERE ResultClass = B)");
}
