// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "contract/json/run_text.hpp"
#include "machine/run_folder.hpp"
#include "program/run_rows.hpp"

using namespace upshift;

namespace {

constexpr std::chrono::system_clock::time_point begin_of_2026{std::chrono::seconds(1767225600)};

}  // namespace

TEST_CASE("a run's id begins with its time and is unlike any other", "[runs]") {
    const auto id = new_run_id(begin_of_2026);
    CHECK_THAT(id, Catch::StartsWith("20260101T000000Z-"));
    CHECK(is_run_id(id));
    CHECK(begun_at(id) == "2026-01-01T00:00:00Z");
    CHECK(id != new_run_id(begin_of_2026));
}

TEST_CASE("a text that could lead out of the folder is no id", "[runs]") {
    for (const auto* text : {"", "..", "../../20260101T000000Z-00000000", "20260101T000000Z-0000000/",
                             "20260101T000000Z-0000000G", "20260101T000000Z-000000000"}) {
        CAPTURE(text);
        CHECK_FALSE(is_run_id(text));
    }
}

TEST_CASE("alike requests have alike records whatever the order of their arguments", "[runs]") {
    const AnswerOptions options;
    const auto record =
        record_of("hyperv_vm_version", R"({"name":"*","timeout":60,"force_off":null})", options);
    CHECK(record ==
          record_of("hyperv_vm_version", R"({"timeout":60,"name":"*","_ansible_verbosity":3})", options));
    CHECK_FALSE(record == record_of("hyperv_vm_version", R"({"name":"web*","timeout":60})", options));
    CHECK_FALSE(record == record_of("hyperv_vm_version", R"({"name":"*","timeout":60})",
                                    AnswerOptions{.check_mode = true}));
}

TEST_CASE("a record keeps no secret", "[runs]") {
    const auto record = record_of(
        "msi_product_version",
        R"({"password":"hush1","packages":[{"path":"a.msi","secret_properties":[{"name":"KEY","value":"hush2"}]}]})",
        {});
    CHECK_THAT(to_text(record), !Catch::Contains("hush"));
    CHECK_THAT(to_text(record), Catch::Contains("a.msi"));
}

TEST_CASE("a record is read as it was written", "[runs]") {
    const auto record = record_of("hyperv_vm_version", R"({"name":"*"})", {});
    CHECK(parse_record(to_text(record)) == record);
    CHECK_FALSE(parse_record("{\"operation\":").has_value());
}

TEST_CASE("a warning is put into an answer that another program wrote", "[runs]") {
    CHECK(with_warning(R"({"changed":true,"warnings":["first"]})", "second") ==
          R"({"changed":true,"warnings":["first","second"]})");
}

TEST_CASE("a lost run is a failure that says what to do", "[runs]") {
    const KeptRun run{
        .state = RunState::lost,
        .record = to_text(record_of("hyperv_vm_version", "{}", {})),
        .progress = R"({"event":"step","target":"web01","text":"upgrading","done":1,"total":3})"};
    const auto answer = unfinished(run_row("20260101T000000Z-00000000", run, false));
    CHECK(answer.failed);
    CHECK(
        answer.message ==
        "Could not finish the detached run \"20260101T000000Z-00000000\": it ended without an answer: 1 of 3 "
        "done, web01: upgrading. It was killed, or its computer restarted. Run the same again: it finishes "
        "what this run left.");
}
