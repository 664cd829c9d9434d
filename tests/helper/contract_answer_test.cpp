// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "contract/json/answer.hpp"
#include "contract/json/progress.hpp"
#include "contract_full_answer.hpp"

using namespace upshift;
using Json = nlohmann::ordered_json;

namespace {

bool is_ascii_line(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

Answer answer_about(const std::string& name) {
    Answer answer;
    answer.targets.resize(1);
    answer.targets[0].name = name;
    return answer;
}

}  // namespace

TEST_CASE("an empty answer holds what is always there, in order", "[contract]") {
    CHECK(
        to_json_line(Answer{}) ==
        R"({"changed":false,"failed":false,"msg":"","comment":"","reboot_required":false,"targets":[],"warnings":[]})");
}

TEST_CASE("a target row leaves out what is empty", "[contract]") {
    Answer answer = answer_about("web01");
    answer.targets[0].outcome = Outcome::skipped;
    CHECK(Json::parse(to_json_line(answer))["targets"].dump() ==
          R"([{"name":"web01","outcome":"skipped","changed":false,"duration_ms":0}])");
}

TEST_CASE("a full VM row is written field by field in the order of the contract", "[contract]") {
    const auto line = Json::parse(to_json_line(test::full_answer()));
    CHECK(
        line["targets"][0].dump() ==
        R"({"name":"web01","host":"hv1","vm_id":"B637F346-6A0E-4DEC-AF52-BD70CB80A21D","version_before":"9.0",)"
        R"("version_wanted":"12.0","version":"9.0","outcome":"failed","changed":true,"reason":"its job failed",)"
        R"("state_before":"running","state":"off","discarded":["before update"],"duration_ms":1500,"error":)"
        R"({"kind":"failed","attempted":"upgrade the VM","object":"web01","found":"the job failed",)"
        R"("needed":"a job that succeeds","code":"32768","code_family":"UpgradeSystemVersion","symbol":"Failed",)"
        R"("hint":"Try again.","cause":"no space"}})");
}

TEST_CASE("a full product row is written field by field in the order of the contract", "[contract]") {
    const auto line = Json::parse(to_json_line(test::full_answer()));
    CHECK(
        line["targets"][1].dump() ==
        R"({"name":"App","product_code":"{2}","product_code_before":"{1}",)"
        R"("package_code_before":"{6}","package_code":"{7}","patch_code":"{8}","version_before":"1.0.0",)"
        R"("version_wanted":"2.0.0","version":"2.0.0","outcome":"upgraded","changed":true,"duration_ms":20,)"
        R"("classification":"major_upgrade","engine":"api","properties":{"INSTALLDIR":"C:\\App"},"log_path":"C:\\log.txt","reboot_required":true,"reboot_initiated":true})");
}

TEST_CASE("msg and comment are the same sentence", "[contract]") {
    Answer answer;
    answer.message = "2 upgraded";
    const auto line = Json::parse(to_json_line(answer));
    CHECK(line["msg"] == "2 upgraded");
    CHECK(line["comment"] == line["msg"]);
}

TEST_CASE("an answer is one line of ASCII whatever names hold", "[contract]") {
    for (const std::string name :
         {"Bücher", "\xF0\x9F\x98\x80", "two\nlines\r\n", "tab\tbell\a", R"("quoted"\)", "\x7F"}) {
        CAPTURE(name);
        const std::string line = to_json_line(answer_about(name));
        CHECK(is_ascii_line(line));
        CHECK(Json::parse(line)["targets"][0]["name"] == name);
    }
}

TEST_CASE("bytes that are no UTF-8 become U+FFFD", "[contract]") {
    const std::string line =
        to_json_line(answer_about("B\xFC"
                                  "cher \xC3"));
    CHECK(is_ascii_line(line));
    CHECK(line.find(R"("B\ufffdcher \ufffd")") != std::string::npos);
}

// Windows' own conversion writes U+FFFD for a lone surrogate; this is what one that was encoded all the same
// comes to: three bytes, each no UTF-8.
TEST_CASE("an encoded lone surrogate leaves nothing but U+FFFD", "[contract]") {
    const std::string line =
        to_json_line(answer_about("a\xED\xA0\x80"
                                  "b"));
    CHECK(is_ascii_line(line));
    CHECK(line.find(R"("a\ufffd\ufffd\ufffdb")") != std::string::npos);
}

TEST_CASE("an error in an answer says its kind, and nothing where there is nothing to say", "[contract]") {
    Answer answer;
    answer.error = ErrorDetail{};
    CHECK(Json::parse(to_json_line(answer))["error"].dump() == R"({"kind":"internal"})");
}

TEST_CASE("a package that could not be read is told with its path and error alone", "[contract]") {
    const auto line = Json::parse(to_json_line(test::full_answer()));
    CHECK(line["packages"][2].dump() == R"({"path":"b.msi","error":)" + line["error"].dump() + "}");
}

TEST_CASE("a patch is told with what it is for and what it replaces", "[contract]") {
    const auto line = Json::parse(to_json_line(test::full_answer()));
    CHECK(line["packages"][1].dump() ==
          R"({"path":"a.msp","patch_code":"{8}","replaces":["{9}"],"targets":[{"product_code":"{1}",)"
          R"("version":"1.0.0","version_match":"equal","version_fields":3,"new_product_code":"{2}",)"
          R"("new_version":"1.0.5","upgrade_code":"{3}"}]})");
}

TEST_CASE("listings hold every field that planning reads", "[contract]") {
    const auto line = Json::parse(to_json_line(test::full_answer()));
    CHECK(line["hosts"][0].dump() ==
          R"({"name":"hv1","default_version":"12.0","supported_versions":["9.0","12.0"],"build":"26100",)"
          R"("cluster":"c1","upgrade_settings_class":true,"access":"granted","cluster_error":)" +
              line["error"].dump() + "}");
    CHECK(line["vms"][0].dump() ==
          R"({"name":"web01","id":"B637F346-6A0E-4DEC-AF52-BD70CB80A21D","host":"hv1","version":"9.0",)"
          R"("state":"saved","saved_checkpoints":["before update"],"replication":"primary",)"
          R"("clustered":true,"possible_owners":["hv1","hv2"]})");
    CHECK(
        line["clusters"].dump() ==
        R"([{"name":"c1","functional_level":12,"nodes":["hv1","hv2"],"other_nodes":[{"name":"hv2","build":"26100",)"
        R"("supported_versions":["9.0","12.0"]}]}])");
    CHECK(line["products"][0].dump() ==
          R"({"name":"App","product_code":"{1}","upgrade_code":"{3}","package_code":"{4}","version":"1.0.0",)"
          R"("language":1033,"publisher":"Maker","context":"user_managed","user_sid":"S-1-5-21",)"
          R"("of_another_user":true,"advertised":true,"instance":true,)"
          R"("patches":[{"patch_code":"{8}","state":"superseded","replaces":["{9}"]}]})");
    CHECK(
        line["packages"][0].dump() ==
        R"({"path":"a.msi","name":"App","product_code":"{2}","upgrade_code":"{3}","package_code":"{5}",)"
        R"("version":"2.0.0","language":1033,"publisher":"Maker","context":"machine","either_context":true,"upgrade_rows":[)"
        R"({"upgrade_code":"{3}","version_min":"1.0.0","version_max":"2.0.0","languages":"1033",)"
        R"("min_inclusive":true,"max_inclusive":false,"languages_exclusive":false,"only_detect":false}]})");
}

TEST_CASE("a progress event is one line of ASCII", "[contract]") {
    ProgressEvent event;
    event.kind = ProgressEvent::Kind::step;
    event.target = "Bücher\n";
    event.text = "upgrading";
    event.done = 1;
    event.total = 3;
    CHECK(to_json_line(event) ==
          R"({"event":"step","target":"B\u00fccher\n","text":"upgrading","done":1,"total":3})");
    event.kind = ProgressEvent::Kind::finished;
    event.percent = 0;
    CHECK(
        to_json_line(event) ==
        R"({"event":"finished","target":"B\u00fccher\n","text":"upgrading","done":1,"total":3,"percent":0})");
}
