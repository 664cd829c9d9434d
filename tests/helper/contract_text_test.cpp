// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract_support.hpp"

using namespace upshift;
using test::vm_refusal;

namespace {

const std::string cannot_read = "Could not read the arguments on standard input: ";

std::string not_finite(const std::string& position) {
    return cannot_read + "it is no JSON: at " + position +
           " stands NaN or Infinity; needed is a finite number. Columns count characters.";
}

std::string nested(std::size_t depth) {
    return R"({"name":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

}  // namespace

TEST_CASE("empty input is told as empty", "[contract]") {
    for (const auto* text : {"", " \n\t", "\xEF\xBB\xBF", "\xEF\xBB\xBF\r\n"}) {
        CAPTURE(text);
        CHECK(vm_refusal(text) ==
              cannot_read + "it is empty; needed is one JSON object. Where no argument is meant, write {}.");
    }
}

TEST_CASE("what is no JSON is told with line and column, without quoting it", "[contract]") {
    CHECK(vm_refusal("{\n  \"name\": secret\n}") ==
          cannot_read +
              "it is no JSON: at line 2, column 11 there is an invalid literal; needed is one JSON "
              "object. Columns count characters.");
    CHECK(vm_refusal("{\"name\": \"a\",}") ==
          cannot_read +
              "it is no JSON: at line 1, column 14 there is an unexpected '}'; expected string literal; "
              "needed is one JSON object. Columns count characters.");
    CHECK(vm_refusal("{\"password\": \"hunter2\n\"}") ==
          cannot_read +
              "it is no JSON: at line 1, column 22 there is an invalid string: control character U+000A "
              "(LF) must be escaped to \\u000A or \\n; needed is one JSON object. Columns count "
              "characters.");
}

TEST_CASE("columns count characters, not bytes", "[contract]") {
    CHECK(vm_refusal("{\n\"name\": \"Bücher-\xF0\x9F\x98\x80\" x}") ==
          cannot_read +
              "it is no JSON: at line 2, column 20 there is an invalid literal; needed is one JSON "
              "object. Columns count characters.");
    CHECK(vm_refusal("{\"Größe\" \"ß\"}") ==
          cannot_read +
              "it is no JSON: at line 1, column 10 there is an unexpected string literal; expected ':'; "
              "needed is one JSON object. Columns count characters.");
    CHECK(vm_refusal("{é}") == cannot_read +
                                   "it is no JSON: at line 1, column 2 there is an invalid literal; "
                                   "needed is one JSON object. Columns count characters.");
}

TEST_CASE("input that breaks off is told where it ends", "[contract]") {
    CHECK(vm_refusal("{\"name\":\n\"web") ==
          cannot_read +
              "it is no JSON: at line 2, column 5 it ends too early; needed is one JSON object. Columns "
              "count characters.");
    CHECK(vm_refusal("{") == cannot_read +
                                 "it is no JSON: at line 1, column 2 it ends too early; needed is one "
                                 "JSON object. Columns count characters.");
}

TEST_CASE("JSON that is no object is told with what it is", "[contract]") {
    CHECK(vm_refusal("[]") == cannot_read + "it holds a list; needed is one JSON object.");
    CHECK(vm_refusal("null") == cannot_read + "it holds null; needed is one JSON object.");
    CHECK(vm_refusal("true") == cannot_read + "it holds a boolean; needed is one JSON object.");
    CHECK(vm_refusal("12") == cannot_read + "it holds a number; needed is one JSON object.");
    CHECK(vm_refusal("\"name\"") == cannot_read + "it holds a string; needed is one JSON object.");
}

TEST_CASE("a second object is refused with its position", "[contract]") {
    for (const auto* text : {"{}\n{}", "{}\n{\"name\": \"web\"}", "{}\n[", "{}\nx"}) {
        CAPTURE(text);
        CHECK(vm_refusal(text) == cannot_read +
                                      "at line 2, column 1 something follows the first value; needed is "
                                      "exactly one JSON object. Columns count characters.");
    }
}

TEST_CASE("bytes that are no UTF-8 are told with their offset", "[contract]") {
    CHECK(vm_refusal("{\"name\": \"B\xFC"
                     "cher\"}") == cannot_read + "the byte at offset 11 is no UTF-8; needed is UTF-8.");
    CHECK(vm_refusal("\xEF\xBB\xBF{\"a\": \"\xED\xA0\x80\"}") ==
          cannot_read + "the byte at offset 10 is no UTF-8; needed is UTF-8.");
    CHECK(vm_refusal("{\"a\": \"\xC3") == cannot_read + "the byte at offset 7 is no UTF-8; needed is UTF-8.");
    CHECK(vm_refusal("\xC0\x80") == cannot_read + "the byte at offset 0 is no UTF-8; needed is UTF-8.");
}

TEST_CASE("UTF-16 is told as such, with and without a mark", "[contract]") {
    const std::string expected =
        cannot_read +
        "it is UTF-16 or UTF-32; needed is UTF-8. In Windows PowerShell, set $OutputEncoding to "
        "[Text.UTF8Encoding]::new($false) before piping to the helper.";
    CHECK(vm_refusal(std::string_view("\xFF\xFE{\0}\0", 6)) == expected);
    CHECK(vm_refusal(std::string_view("\xFE\xFF\0{\0}", 6)) == expected);
    CHECK(vm_refusal(std::string_view("{\0}\0", 4)) == expected);
    CHECK(vm_refusal(std::string_view("\0{\0}", 4)) == expected);
}

TEST_CASE("a UTF-8 byte order mark is passed over", "[contract]") {
    const auto request =
        test::accepted<VmVersionRequest>("hyperv_vm_version", "\xEF\xBB\xBF{\"name\": \"web\"}");
    CHECK(request.selection.names == std::vector<std::string>{"web"});
}

TEST_CASE("half of a surrogate pair is refused", "[contract]") {
    CHECK(vm_refusal(R"({"name": "a\ud800b"})") ==
          cannot_read +
              "at line 1, column 18 half of a surrogate pair ends; needed is a character, or both halves "
              "of a pair. Columns count characters.");
    CHECK(vm_refusal(R"({"name": "\udc00"})") ==
          cannot_read +
              "at line 1, column 16 half of a surrogate pair ends; needed is a character, or both halves "
              "of a pair. Columns count characters.");
    CHECK(vm_refusal(R"({"name": "\ud83d\ude00"})") == "accepted");
}

TEST_CASE("a duplicate key is refused at any depth", "[contract]") {
    CHECK(vm_refusal(R"({"name": "a", "id": null, "name": "b"})") ==
          "Could not use the argument \"name\": it is given more than once; needed is each key once.");
    CHECK(test::product_refusal(R"({"packages": [{"path": "a"}, {"path": "a", "path": "b"}]})") ==
          "Could not use the argument \"packages[1].path\": it is given more than once; needed is each key "
          "once.");
    CHECK(
        vm_refusal(R"({"_ansible_x": {"k": 1, "k": 2}})") ==
        "Could not use the argument \"_ansible_x.k\": it is given more than once; needed is each key once.");
}

TEST_CASE("64 levels are read and 65 are refused", "[contract]") {
    CHECK(vm_refusal(nested(65)) == cannot_read +
                                        "objects and lists lie in each other deeper than 64; needed is a "
                                        "nesting of at most 64.");
    CHECK(vm_refusal(nested(64)) ==
          "Could not use the argument \"name[0]\": it is a list; needed is a string.");
}

TEST_CASE("a nesting of a million is refused like any other", "[contract]") {
    CHECK(vm_refusal(std::string(1'000'000, '[')) ==
          cannot_read +
              "objects and lists lie in each other deeper than 64; needed is a nesting of at most 64.");
}

TEST_CASE("16 MiB are read and one byte more is refused", "[contract]") {
    std::string text = R"({"name": "web"})";
    text.resize(max_input_bytes, ' ');
    CHECK(vm_refusal(text) == "accepted");
    text += ' ';
    CHECK(vm_refusal(text) == cannot_read + "it is longer than 16 MiB; needed is at most 16777216 bytes.");
}

TEST_CASE("NaN, infinity and numbers beyond all bounds are refused", "[contract]") {
    for (const auto* number : {"NaN", "Infinity", "-Infinity"}) {
        CAPTURE(number);
        const auto told = vm_refusal(R"({"parallel": )" + std::string(number) + "}");
        CHECK(told == not_finite(number[0] == '-' ? "line 1, column 15" : "line 1, column 14"));
    }
    CHECK(vm_refusal(R"({"parallel": 1e999})") ==
          cannot_read +
              "at line 1, column 14 stands a number that is too large; needed is a finite number. Columns "
              "count characters.");
}

TEST_CASE("a NUL in a string or key is refused", "[contract]") {
    CHECK(vm_refusal(R"({"name": ["web", "a\u0000b"]})") ==
          "Could not use the argument \"name[1]\": it holds a NUL character (\\u0000); needed is text "
          "without it.");
    CHECK(vm_refusal(R"({"name\u0000": "web"})") ==
          cannot_read + "a key holds a NUL character (\\u0000); needed is text without it.");
}
