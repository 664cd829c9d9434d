// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/pattern.hpp"
#include "vm_version/selection.hpp"

using namespace upshift;

namespace {

constexpr const char* first_id = "00000000-0000-0000-0000-000000000001";

/// Two hosts; "web1" stands on both.
std::vector<ObservedHost> hosts() {
    std::vector<ObservedHost> two(2);
    int number = 0;
    const auto add = [&](ObservedHost& host, const std::string& name) {
        ObservedVm vm;
        vm.name = name;
        vm.id = "00000000-0000-0000-0000-00000000000" + std::to_string(++number);
        host.vms.push_back(vm);
    };
    for (const auto* name : {"web1", "Web2", "DB"}) {
        add(two[0], name);
    }
    for (const auto* name : {"web1", "Ärger"}) {
        add(two[1], name);
    }
    return two;
}

/// The ids' last digits in the order selected; "name!" stands for an absent one.
std::string chosen(const VmSelection& asked) {
    const auto known = hosts();
    std::string text;
    for (const auto& entry : select_vms(asked, known).entries) {
        text += entry.vm ? std::string(1, known[entry.vm->host].vms[entry.vm->vm].id.back())
                         : entry.absent_name + entry.absent_id + "!";
    }
    return text;
}

bool matches(const std::string& pattern, const std::string& name) {
    return Pattern(pattern).matches(fold_case(name));
}

}  // namespace

TEST_CASE("a name means every VM of that name, on every host and in any case", "[vm_version]") {
    CHECK(chosen({.names = {"WEB1"}, .ids = {}, .exclude = {}}) == "14");
}

TEST_CASE("rows stand in the order asked for and no VM twice", "[vm_version]") {
    CHECK(chosen({.names = {"db", "w*", "web1"}, .ids = {first_id}, .exclude = {}}) == "3124");
}

TEST_CASE("an exact name or id that no host has gets a row of its own, once", "[vm_version]") {
    const std::string unknown = "00000000-0000-0000-0000-0000000000FF";
    CHECK(chosen({.names = {"mail", "MAIL", "db"}, .ids = {unknown, unknown}, .exclude = {}}) ==
          "mail!3" + unknown + "!");
}

TEST_CASE("a pattern that meets nothing is a warning and no row", "[vm_version]") {
    const auto selection = select_vms({.names = {"mail*"}, .ids = {}, .exclude = {}}, hosts());

    CHECK(selection.entries.empty());
    CHECK(selection.warnings == std::vector<std::string>{"No virtual machine has a name like \"mail*\"."});
}

TEST_CASE("excluded VMs are not selected and not reported absent", "[vm_version]") {
    CHECK(chosen({.names = {"*"}, .ids = {}, .exclude = {"web?", "db"}}) == "5");
    CHECK(chosen({.names = {"db"}, .ids = {first_id}, .exclude = {"db", "web1"}}).empty());
}

TEST_CASE("nothing asked for means all", "[vm_version]") {
    CHECK(chosen({}) == "12345");
}

TEST_CASE("patterns know any text and any one character", "[support]") {
    CHECK(matches("*", ""));
    CHECK(matches("a*b*c", "a--b--b-c"));
    CHECK_FALSE(matches("a*b*c", "a--b--"));
    CHECK(matches("?", "é"));
    CHECK_FALSE(matches("?", ""));
    CHECK_FALSE(matches("web", "web1"));
    CHECK(matches("web[1]", "WEB[1]"));
    CHECK(matches("***x", "x"));
}

TEST_CASE("a pattern full of stars ends quickly", "[support]") {
    CHECK_FALSE(matches("*a*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
}

TEST_CASE("case does not count in Latin, Greek and Cyrillic names", "[support]") {
    struct Row {
        const char* small;
        const char* capital;
    };
    const auto [small, capital] = GENERATE(values<Row>({
        {"straße-zürich", "STRAßE-ZÜRICH"},
        {"łódź-ÿ", "ŁÓDŹ-Ÿ"},
        {"ώμεγα-ΰ-σς", "ΏΜΕΓΑ-ΰ-ΣΣ"},
        {"сервер-ё-ї", "СЕРВЕР-Ё-Ї"},
    }));
    CHECK(fold_case(small) == fold_case(capital));
}

TEST_CASE("letters that are no pair stay different", "[support]") {
    CHECK(fold_case("×") != fold_case("÷"));
    CHECK(fold_case("ı") != fold_case("İ"));
}

TEST_CASE("bytes that are no UTF-8 equal only themselves", "[support]") {
    CHECK(fold_case("\xff") == fold_case("\xff"));
    CHECK(fold_case("\xff") != fold_case("\xc3\xbf"));
    CHECK(fold_case("\xc3").size() == 1);
}
