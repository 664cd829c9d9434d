// SPDX-License-Identifier: GPL-3.0-or-later
#include <deque>
#include <set>

#include <catch2/catch.hpp>

#include "cim/job.hpp"
#include "cim/method_codes.hpp"
#include "support/virtual_clock.hpp"

using namespace upshift;
using cim::JobEnd;

namespace {

/// Hands out prepared readings of one job, the last of them for ever.
class JobSession : public cim::CimSession {
  public:
    explicit JobSession(std::deque<std::optional<cim::Instance>> readings) : readings_(std::move(readings)) {}

    std::optional<cim::Instance> get(const cim::ObjectPath& /*path*/,
                                     const std::vector<std::string>& /*columns*/) override {
        auto reading = readings_.front();
        if (readings_.size() > 1) {
            readings_.pop_front();
        }
        return reading;
    }
    std::vector<cim::Instance> query(const cim::Query& /*query*/) override { return {}; }
    std::vector<cim::Instance> references(const cim::ObjectPath& /*object*/,
                                          const std::string& /*association*/,
                                          const std::vector<std::string>& /*columns*/) override {
        return {};
    }
    cim::MethodResult invoke(const cim::ObjectPath& /*object*/, const std::string& /*method*/,
                             const cim::NamedValues& /*parameters*/) override {
        return {};
    }

  private:
    std::deque<std::optional<cim::Instance>> readings_;
};

cim::Instance reading(std::int64_t state, std::int64_t code = 0, const std::string& summary = "",
                      const std::string& description = "") {
    return {{},
            {{"JobState", state},
             {"PercentComplete", std::int64_t{42}},
             {"ErrorCode", code},
             {"ErrorSummaryDescription", summary},
             {"ErrorDescription", description}}};
}

cim::JobResult wait(std::deque<std::optional<cim::Instance>> readings, test::VirtualClock& clock,
                    std::stop_token stop = {}) {
    JobSession session(std::move(readings));
    return cim::wait_for_job(session, {"Msvm_ConcreteJob", {{"InstanceID", "1"}}},
                             {clock, clock.now() + std::chrono::seconds(60), std::move(stop)}, [](int) {});
}

cim::JobResult wait(std::deque<std::optional<cim::Instance>> readings) {
    test::VirtualClock clock;
    return wait(std::move(readings), clock);
}

}  // namespace

TEST_CASE("a job is awaited through every state that is not its end", "[cim]") {
    const auto result = wait(
        {reading(2), reading(3), reading(4), reading(5), reading(6), reading(11), reading(12), reading(7)});

    CHECK(result.end == JobEnd::completed);
    CHECK(result.state == 7);
}

TEST_CASE("a job that completes with warnings succeeds and keeps their texts", "[cim]") {
    const auto result = wait({reading(4), reading(32768, 0, "disk is slow", "disk is slow")});

    CHECK(result.end == JobEnd::completed_with_warnings);
    CHECK(joined_descriptions(result) == "disk is slow");
}

TEST_CASE("a job that was terminated, killed or failed fails with all it tells", "[cim]") {
    struct Row {
        std::int64_t state;
        const char* found;
    };
    const auto [state, found] = GENERATE(
        values<Row>({{8, "its job was terminated"}, {9, "its job was killed"}, {10, "its job failed"}}));

    const auto result = wait({reading(4), reading(state, 0, "No space.", "Disk 2 is full.")});

    CHECK(result.end == JobEnd::failed);
    CHECK(sentence(cim::job_error(result, "UpgradeSystemVersion", "upgrade", "web")) ==
          "Could not upgrade \"web\": " + std::string(found) + ". No space. Disk 2 is full.");
}

TEST_CASE("a completed job with an error code is a failure with that code's text", "[cim]") {
    const auto result = wait({reading(7, 32774)});

    CHECK(result.end == JobEnd::failed);
    CHECK(
        sentence(cim::job_error(result, "UpgradeSystemVersion", "upgrade", "web")) ==
        "Could not upgrade \"web\": its job completed with an error: something else is being done to the "
        "virtual machine (UpgradeSystemVersion job 32774). Try again when its backup, migration or merge is "
        "over.");
}

TEST_CASE("job started is no error code", "[cim]") {
    CHECK(wait({reading(7, 4096)}).end == JobEnd::completed);
}

TEST_CASE("a job state that no table knows is an error that names it", "[cim]") {
    const auto result = wait({reading(4), reading(77)});

    CHECK(result.end == JobEnd::unknown_state);
    CHECK(cim::job_error(result, "UpgradeSystemVersion", "upgrade", "web").found ==
          "its job is in the unknown state 77");
}

TEST_CASE("a job that was removed has no result", "[cim]") {
    CHECK(wait({reading(4), std::nullopt}).end == JobEnd::gone);
}

TEST_CASE("a job is given up at the deadline and not before", "[cim]") {
    test::VirtualClock clock;

    CHECK(wait({reading(4)}, clock).end == JobEnd::timed_out);
    CHECK(clock.elapsed() == std::chrono::seconds(60));
}

TEST_CASE("waiting for a job ends when the run is told to stop", "[cim]") {
    test::VirtualClock clock;
    std::stop_source stop;
    clock.at(std::chrono::seconds(5), [&] { stop.request_stop(); });

    CHECK(wait({reading(4)}, clock, stop.get_token()).end == JobEnd::stopped);
}

TEST_CASE("a long job is looked at less and less often, a short one at once", "[cim]") {
    test::VirtualClock clock;
    int looks = 0;
    JobSession session({reading(4)});
    (void)cim::wait_for_job(session, {}, {clock, clock.now() + std::chrono::seconds(1800), {}},
                            [&](int) { ++looks; });

    CHECK(looks < 1000);
    CHECK(looks > 800);
}

TEST_CASE("no two documented return values share a text", "[cim]") {
    const std::vector<std::uint32_t> codes{0,     1,     2,     3,     4,     5,     6,     4096,  32768,
                                           32769, 32770, 32771, 32772, 32773, 32774, 32775, 32776, 32777,
                                           32778, 32779, 32780, 32781, 32782, 32783, 32784, 32789};
    std::set<std::string> texts;
    for (const auto code : codes) {
        const auto detail = cim::method_error(code, "UpgradeSystemVersion", "upgrade", "web");
        CHECK(detail.code == std::to_string(code));
        CHECK(detail.found.find("it returned a number") == std::string::npos);
        texts.insert(detail.found);
    }
    CHECK(texts.size() == codes.size());
}

TEST_CASE("the way out of a refused state is that of the method that refused", "[cim]") {
    const auto code = GENERATE(5U, 32775U);
    const auto hint = [code](const char* method) {
        return cim::method_error(code, method, "change", "web").hint;
    };

    CHECK(hint("UpgradeSystemVersion") == "It must be off, without saved state in it or its checkpoints.");
    CHECK_THAT(hint("InitiateShutdown"), Catch::StartsWith("Only a running guest can be asked"));
    CHECK_THAT(hint("RequestStateChange"), Catch::Contains("start it or turn it off by hand"));
    CHECK_THAT(hint("ClearSnapshotState"), Catch::StartsWith("Look whether the checkpoint"));
    CHECK(hint("SomeOtherMethod").empty());
}

TEST_CASE("a method without a hint of its own has that of its code", "[cim]") {
    const auto hint = [](std::uint32_t code, const char* method) {
        return cim::method_error(code, method, "change", "web").hint;
    };

    CHECK(hint(32774, "InitiateShutdown") == hint(32774, "UpgradeSystemVersion"));
    CHECK_FALSE(hint(32774, "InitiateShutdown").empty());
    CHECK_THAT(hint(32770, "InitiateShutdown"), Catch::StartsWith("Enable the shutdown service"));
    CHECK(hint(32770, "RequestStateChange").empty());
}

TEST_CASE("other return values are told by their range", "[cim]") {
    const auto found = [](std::uint32_t code) {
        return cim::method_error(code, "M", "upgrade", "web").found;
    };

    CHECK(found(77) == "it returned a number that CIM reserves");
    CHECK(found(5000) == "it returned a number that CIM leaves to methods");
    CHECK(found(32790) == "it returned a number that Hyper-V keeps for its own errors and does not document");
    CHECK(found(40000) == "it returned a number of Hyper-V's own that is not documented");
}
