// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "cim/object_path_text.hpp"
#include "cim/wmi_codes.hpp"
#include "installer/property_line.hpp"
#include "installer/wmi_install_engine.hpp"
#include "simulation/option_text.hpp"
#include "support/products.hpp"

using namespace upshift;

namespace {

struct Call {
    cim::ObjectPath object;
    std::string method;
    cim::NamedValues parameters;
};

/// A WMI that writes down what it is asked, and answers what it is told to.
class Wmi : public cim::CimSession {
  public:
    std::vector<cim::Instance> query(const cim::Query& query) override {
        throw OperationError({.found = "a query on " + query.class_name});
    }
    std::optional<cim::Instance> get(const cim::ObjectPath& path,
                                     const std::vector<std::string>& /*columns*/) override {
        return has_class ? std::optional(cim::Instance{path, {}}) : std::nullopt;
    }
    std::vector<cim::Instance> references(const cim::ObjectPath& /*object*/,
                                          const std::string& /*association*/,
                                          const std::vector<std::string>& /*columns*/) override {
        throw OperationError({.found = "a look at associations"});
    }
    cim::MethodResult invoke(const cim::ObjectPath& object, const std::string& method,
                             const cim::NamedValues& parameters) override {
        calls.push_back({object, method, parameters});
        if (fault != 0) {
            throw cim::wmi_error(fault, "call", "host");
        }
        return {return_value, {}};
    }

    bool has_class = true;
    std::uint32_t fault = 0;
    std::uint32_t return_value = 0;
    std::vector<Call> calls;
};

class Connector : public cim::CimConnector {
  public:
    explicit Connector(std::shared_ptr<Wmi> wmi) : wmi_(std::move(wmi)) {}
    std::vector<std::string> hosts() override { return {"here"}; }
    std::shared_ptr<cim::CimSession> connect(const std::string& host, const std::string& space) override {
        places.push_back(host + " " + space);
        return wmi_;
    }

    std::vector<std::string> places;

  private:
    std::shared_ptr<Wmi> wmi_;
};

class Listener : public InstallObserver {
  public:
    void action_started(const std::string& /*name*/) override {}
    void progressed(int /*percent*/) override {}
    bool cancel_requested() override { return false; }
};

struct Fixture {
    std::shared_ptr<Wmi> wmi = std::make_shared<Wmi>();
    Connector connector{wmi};
    WmiInstallEngine engine{connector, [](const std::string& path) { return "C:\\here\\" + path; }};
    Listener listener;

    InstallResult run(const InstallOrder& order) { return engine.install(order, listener); }
};

InstallOrder upgrade_order() {
    InstalledProduct product = test::installed_from(test::package_of("1.0.0"));
    product.name = R"(The "Agent" \ 1)";
    return {.path = "fix.msp",
            .properties = {{"DIR", R"(C:\a b)"}, {"REBOOT", "ReallySuppress"}},
            .installed = product,
            .is_patch = true};
}

const std::string& text_of(const Call& call, std::size_t index) {
    return std::get<std::string>(call.parameters.at(index).second);
}

}  // namespace

TEST_CASE_METHOD(Fixture, "Upgrade is called on the instance by its three keys", "[wmi_engine]") {
    CHECK(run(upgrade_order()).code == 0);
    REQUIRE(wmi->calls.size() == 1);
    const Call& call = wmi->calls.front();
    CHECK(connector.places == std::vector<std::string>{R"(here root\cimv2)"});
    CHECK(call.method == "Upgrade");
    CHECK(cim::object_path_text(call.object) ==
          R"(Win32_Product.IdentifyingNumber="{11111111-0000-0000-0000-000000000001}",)"
          R"(Name="The \"Agent\" \\ 1",Version="1.0.0")");
    REQUIRE(call.parameters.size() == 2);
    CHECK(call.parameters[0].first == "PackageLocation");
    CHECK(text_of(call, 0) == R"(C:\here\fix.msp)");
    CHECK(call.parameters[1].first == "Options");
    CHECK(text_of(call, 1) == R"(DIR="C:\a b" REBOOT="ReallySuppress")");
}

TEST_CASE_METHOD(Fixture, "what is not there is installed by the static Install", "[wmi_engine]") {
    (void)run({.path = "a.msi", .transforms = {"one.mst", "two.mst"}, .per_machine = false});
    const Call& call = wmi->calls.front();
    CHECK(call.method == "Install");
    CHECK(call.object == cim::ObjectPath{"Win32_Product", {}});
    REQUIRE(call.parameters.size() == 3);
    CHECK(text_of(call, 1) == R"(TRANSFORMS="C:\here\one.mst;C:\here\two.mst")");
    CHECK(call.parameters[2] == std::pair<std::string, cim::Value>{"AllUsers", false});
}

TEST_CASE_METHOD(Fixture, "a Windows without the class is told so, and what to do", "[wmi_engine]") {
    CHECK_NOTHROW(engine.require_available());
    wmi->has_class = false;
    CHECK_THROWS_WITH(engine.require_available(),
                      Catch::Contains("no class Win32_Product") && Catch::Contains("set engine to api"));
    CHECK(wmi->calls.empty());
}

TEST_CASE_METHOD(Fixture, "a call that surely did not run is an error, one that may have is a lost answer",
                 "[wmi_engine]") {
    wmi->fault = 0x80041003;
    CHECK_THROWS_WITH(run(upgrade_order()), Catch::Contains("elevated"));
    wmi->fault = 0x80041002;
    CHECK_THROWS_WITH(run(upgrade_order()), Catch::Contains("no instance with its product code"));
    wmi->fault = 0x800706BE;
    const auto lost = run(upgrade_order()).lost;
    REQUIRE(lost);
    CHECK(lost->found.find("may still go on") != std::string::npos);
    CHECK(wmi->calls.size() == 3);
}

TEST_CASE_METHOD(Fixture, "a failing provider is one code, returned or thrown", "[wmi_engine]") {
    wmi->return_value = 2147549445U;
    CHECK(run(upgrade_order()).code == 0x80010105);
    wmi->return_value = 0;
    wmi->fault = 0x80010105;
    CHECK(run(upgrade_order()).code == 0x80010105);
}

TEST_CASE_METHOD(Fixture, "1636 to a whole package names the engine that takes it, to a patch it does not",
                 "[wmi_engine]") {
    wmi->return_value = 1636;
    CHECK(run(upgrade_order()).hint.empty());
    InstallOrder order = upgrade_order();
    order.is_patch = false;
    CHECK(run(order).hint.find("Set engine to api") != std::string::npos);
}

TEST_CASE("a line of properties is read as it was written, whatever is in the values", "[wmi_engine]") {
    const std::vector<std::pair<std::string, std::string>> properties{{"EMPTY", ""},
                                                                      {"BLANKS", " a  b "},
                                                                      {"QUOTES", R"("a" "")"},
                                                                      {"PATH", R"(C:\x;D:\y\)"},
                                                                      {"TEXT", "A=1 ä"}};
    CHECK(simulation::parse_options(property_line(properties)) == properties);
    CHECK(simulation::parse_options("A=1  B=\"x y\"") ==
          std::vector<std::pair<std::string, std::string>>{{"A", "1"}, {"B", "x y"}});
    for (const auto* wrong : {"A", "=1", "a b=1", "A=\"1", "lower=1"}) {
        CAPTURE(wrong);
        CHECK_FALSE(simulation::parse_options(wrong));
    }
}
