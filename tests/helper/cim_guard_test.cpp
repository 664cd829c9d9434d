// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <deque>
#include <thread>

#include <catch2/catch.hpp>

#include "cim/guarded_session.hpp"
#include "cim/wmi_codes.hpp"
#include "support/virtual_clock.hpp"

using namespace upshift;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr std::uint32_t server_too_busy = 0x80041045;
constexpr std::uint32_t access_denied = 0x80041003;

/// What a host does with the calls that reach it, in order; once the list is at its end it answers. A call
/// that hangs does so until the test is over.
struct Behaviour {
    std::deque<std::uint32_t> codes;
    std::atomic<bool> hangs = false;
    std::atomic<bool> test_is_over = false;
    std::atomic<int> calls = 0;
    std::function<void()> when_called = [] {};

    void meet() {
        ++calls;
        when_called();
        while (hangs && !test_is_over) {
            std::this_thread::sleep_for(milliseconds(5));
        }
        if (!codes.empty()) {
            const auto code = codes.front();
            codes.pop_front();
            throw cim::wmi_error(code, "call", "hv1");
        }
    }
};

class ScriptedSession : public cim::CimSession {
  public:
    explicit ScriptedSession(std::shared_ptr<Behaviour> behaviour) : behaviour_(std::move(behaviour)) {}

    std::vector<cim::Instance> query(const cim::Query& query) override {
        behaviour_->meet();
        return {{{query.class_name, {}}, {}}};
    }
    std::optional<cim::Instance> get(const cim::ObjectPath& path,
                                     const std::vector<std::string>& /*columns*/) override {
        behaviour_->meet();
        return cim::Instance{path, {}};
    }
    std::vector<cim::Instance> references(const cim::ObjectPath& /*object*/, const std::string& association,
                                          const std::vector<std::string>& /*columns*/) override {
        behaviour_->meet();
        return {{{association, {}}, {}}};
    }
    cim::MethodResult invoke(const cim::ObjectPath& /*object*/, const std::string& /*method*/,
                             const cim::NamedValues& /*parameters*/) override {
        behaviour_->meet();
        return {4096, {}};
    }

  private:
    std::shared_ptr<Behaviour> behaviour_;
};

class ScriptedConnector : public cim::CimConnector {
  public:
    explicit ScriptedConnector(std::shared_ptr<Behaviour> behaviour) : behaviour_(std::move(behaviour)) {}
    std::vector<std::string> hosts() override { return {"hv1"}; }
    std::shared_ptr<cim::CimSession> connect(const std::string& /*host*/,
                                             const std::string& /*cim_namespace*/) override {
        return std::make_shared<ScriptedSession>(behaviour_);
    }

  private:
    std::shared_ptr<Behaviour> behaviour_;
};

/// A guarded session to a scripted host.
class Guarded {
  public:
    explicit Guarded(const cim::CallLimits& limits = {.call = seconds(60)})
        : connector_(std::make_shared<ScriptedConnector>(behaviour), limits, clock, stop.get_token()),
          session(connector_.connect("hv1", "root")) {}
    Guarded(const Guarded&) = delete;
    Guarded& operator=(const Guarded&) = delete;
    ~Guarded() { behaviour->test_is_over = true; }

    std::size_t query() const { return session->query({"Msvm_ComputerSystem", {"Name"}, {}}).size(); }
    cim::MethodResult invoke() const {
        return session->invoke({"Msvm_ComputerSystem", {}}, "RequestStateChange", {});
    }

    test::VirtualClock clock;
    std::stop_source stop;
    std::shared_ptr<Behaviour> behaviour = std::make_shared<Behaviour>();

  private:
    cim::GuardedConnector connector_;

  public:
    std::shared_ptr<cim::CimSession> session;
};

cim::CimError error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const cim::CimError& error) {
        return error;
    }
    throw std::logic_error("it did not fail");
}

}  // namespace

TEST_CASE("a passing fault while reading is outlasted", "[cim][guard]") {
    const Guarded guarded;
    guarded.behaviour->codes = {server_too_busy, server_too_busy, server_too_busy};

    CHECK(guarded.query() == 1);
    CHECK(guarded.behaviour->calls == 4);
}

TEST_CASE("a fault that does not pass is told after five tries in ten seconds", "[cim][guard]") {
    Guarded guarded;
    guarded.behaviour->codes = std::deque<std::uint32_t>(20, server_too_busy);

    const auto error = error_of([&] { (void)guarded.query(); });

    CHECK(error.code() == server_too_busy);
    CHECK(error.detail().kind == ErrorKind::busy);
    CHECK(guarded.behaviour->calls == 5);
    CHECK(guarded.clock.elapsed() <= seconds(10));
}

TEST_CASE("a passing fault is not waited for beyond the limit of a call", "[cim][guard]") {
    Guarded guarded({.call = seconds(1)});
    guarded.behaviour->codes = std::deque<std::uint32_t>(20, server_too_busy);

    CHECK(error_of([&] { (void)guarded.query(); }).code() == server_too_busy);
    CHECK(guarded.behaviour->calls == 2);
    CHECK(guarded.clock.elapsed() <= seconds(1));
}

TEST_CASE("a lasting fault while reading is told at once", "[cim][guard]") {
    Guarded guarded;
    guarded.behaviour->codes = {access_denied};

    CHECK(error_of([&] { (void)guarded.query(); }).detail().kind == ErrorKind::access_denied);
    CHECK(guarded.behaviour->calls == 1);
}

TEST_CASE("a method is sent once, whatever becomes of it", "[cim][guard]") {
    Guarded guarded;
    guarded.behaviour->codes = {server_too_busy};

    CHECK(error_of([&] { (void)guarded.invoke(); }).may_have_run());
    CHECK(guarded.behaviour->calls == 1);
}

TEST_CASE("a reading call is repeated no more once the run is told to stop", "[cim][guard]") {
    Guarded guarded;
    guarded.behaviour->codes = std::deque<std::uint32_t>(20, server_too_busy);
    guarded.behaviour->when_called = [&] { guarded.stop.request_stop(); };

    CHECK(error_of([&] { (void)guarded.query(); }).code() == server_too_busy);
    CHECK(guarded.behaviour->calls == 1);
}

TEST_CASE("a call that does not return is left behind with its name and host", "[cim][guard]") {
    Guarded guarded({.call = milliseconds(50)});
    guarded.behaviour->hangs = true;

    const auto error = error_of([&] { (void)guarded.invoke(); });

    CHECK(error.detail().kind == ErrorKind::timeout);
    CHECK(error.may_have_run());
    CHECK(
        sentence(error.detail()) ==
        "Could not get an answer to the call \"invoke RequestStateChange\" from host \"hv1\": there was none "
        "within 1 second. Look whether WMI and Hyper-V on the host answer others.");
}

TEST_CASE("a session goes on answering after a call was left behind", "[cim][guard]") {
    Guarded guarded({.call = milliseconds(50)});
    guarded.behaviour->hangs = true;
    (void)error_of([&] { (void)guarded.query(); });

    guarded.behaviour->hangs = false;

    CHECK(guarded.query() == 1);
}

TEST_CASE("a call that hangs when the run is told to stop is left behind after its grace", "[cim][guard]") {
    Guarded guarded({.call = seconds(3600), .call_when_stopping = milliseconds(50)});
    guarded.behaviour->hangs = true;
    guarded.behaviour->when_called = [&] { guarded.stop.request_stop(); };

    const auto error = error_of([&] { (void)guarded.query(); });

    CHECK(error.detail().kind == ErrorKind::cancelled);
    CHECK(
        sentence(error.detail()) ==
        "Could not get an answer to the call \"query Msvm_ComputerSystem\" from host \"hv1\": there was none "
        "when the run was told to stop. Run it again to do what is left.");
}

TEST_CASE("calls are still made after the run was told to stop", "[cim][guard]") {
    const Guarded guarded;
    guarded.stop.request_stop();

    CHECK(guarded.query() == 1);
}

TEST_CASE("all calls together take no longer than the grace once the run was told to stop", "[cim][guard]") {
    Guarded guarded(
        {.call = seconds(3600), .call_when_stopping = seconds(60), .all_when_stopping = milliseconds(200)});
    guarded.behaviour->hangs = true;
    guarded.stop.request_stop();
    const auto begun = std::chrono::steady_clock::now();

    for (int i = 0; i < 3; ++i) {
        CHECK(error_of([&] { (void)guarded.query(); }).detail().kind == ErrorKind::cancelled);
    }

    CHECK(std::chrono::steady_clock::now() - begun < seconds(50));
}

TEST_CASE("a code says whether a method may have run", "[cim][codes]") {
    const std::uint32_t surely_not =
        GENERATE(0x80041002U, 0x80041003U, 0x8004102EU, 0x80041008U, 0x80010001U, 0x800706BFU, 0x80070005U);
    const std::uint32_t perhaps =
        GENERATE(0x800706BAU, 0x800706BEU, 0x80041015U, 0x80041001U, 0x80041045U, 0x81234567U);

    CHECK_FALSE(cim::wmi_error(surely_not, "call", "hv1").may_have_run());
    CHECK(cim::wmi_error(perhaps, "call", "hv1").may_have_run());
}

TEST_CASE("a code says whether it passes", "[cim][codes]") {
    const std::uint32_t passing = GENERATE(0x80041015U, 0x8004106CU, 0x80041045U, 0x800706BAU, 0x800706BBU,
                                           0x800706BEU, 0x800706BFU, 0x8001010AU, 0x80010001U);
    const std::uint32_t lasting = GENERATE(0x80041003U, 0x80041002U, 0x80041010U, 0x80041033U, 0x81234567U);

    CHECK(cim::wmi_error(passing, "call", "hv1").passing());
    CHECK_FALSE(cim::wmi_error(lasting, "call", "hv1").passing());
}

TEST_CASE("an error that is no answer of the host leaves open whether a method ran", "[cim][codes]") {
    CHECK(cim::may_have_run(OperationError(ErrorDetail{})));
}
