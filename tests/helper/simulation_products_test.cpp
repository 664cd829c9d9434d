// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "simulation/cim_model.hpp"
#include "simulation/wbem_codes.hpp"
#include "support/manual_clock.hpp"

using namespace upshift;
using namespace upshift::simulation;

namespace {

const std::string code = "{11111111-0000-0000-0000-000000000001}";

DescribedPackage patch_file() {
    DescribedPackage file;
    file.package.path = "fix.msp";
    file.package.patch =
        PatchDescription{"{BBBBBBBB-0000-0000-0000-000000000001}",
                         {},
                         {{.product_code = code, .version = "1.0.0", .new_version = "1.0.5"}}};
    file.package.patch->targets.front().version_match = VersionMatch::equal;
    file.behaviour.upgrade_package = true;
    return file;
}

DescribedPackage standard_package() {
    DescribedPackage file;
    file.package = {.path = "agent.msi", .product_code = code, .version = "1.1.0", .name = "Agent"};
    return file;
}

struct Fixture {
    test::ManualClock clock;
    std::shared_ptr<SimulatedInstaller> installer = std::make_shared<SimulatedInstaller>(
        DescribedProducts{{{.product = {.product_code = code, .version = "1.0.0", .name = "Agent"}}},
                          {patch_file(), standard_package()},
                          {}},
        ProductChanges{}, [](const ProductChanges&) {}, clock);
    CimModel model{Description{}, clock, [](const std::vector<DescribedVm>&) {},
                   std::make_shared<ModelProducts>(installer)};
    Place place = model.connect(".", R"(root\cimv2)");

    cim::ObjectPath instance(const std::string& version = "1.0.0") const {
        return {"Win32_Product", {{"IdentifyingNumber", code}, {"Name", "Agent"}, {"Version", version}}};
    }
    std::uint32_t upgrade(const std::string& path, const std::string& options = "") {
        return model.invoke(place, instance(), "Upgrade", {{"PackageLocation", path}, {"Options", options}})
            .return_value;
    }
    template <typename Use>
    std::uint32_t fault_of(const Use& use) {
        try {
            use();
        } catch (const CimFault& fault) {
            return fault.code();
        }
        return 0;
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "Win32_Product is found by its keys and never by a query", "[simulation]") {
    CHECK(fault_of([&] { (void)model.query(place, {"Win32_Product", {"Name"}, {}}); }) ==
          wbem_e_not_supported);
    CHECK(model.get(place, {"Win32_Product", {}}, {}));
    CHECK(model.get(place, instance(), {"Name", "InstallState"})->number("InstallState") == 5);
    CHECK_FALSE(model.get(place, instance("9.9.9"), {}));
    CHECK(fault_of([&] { (void)model.get(place, {"Win32_Product", {{"Name", "Agent"}}}, {}); }) ==
          wbem_e_invalid_object_path);
}

TEST_CASE_METHOD(Fixture, "Upgrade applies a patch and answers 1636 to a standard package", "[simulation]") {
    CHECK(upgrade("agent.msi") == 1636);
    CHECK(upgrade("nowhere.msp") == 1635);
    CHECK(upgrade("fix.msp", "A=\"open") == 1639);
    CHECK(installer->products().front().product.version == "1.0.0");
    CHECK(upgrade("fix.msp", "REBOOT=\"ReallySuppress\"") == 0);
    CHECK(installer->products().front().product.version == "1.0.5");
    CHECK(installer->products().front().patches.size() == 1);
}

TEST_CASE_METHOD(Fixture, "Upgrade refuses what is of another type, missing or NULL", "[simulation]") {
    const auto fault_with = [&](const cim::NamedValues& parameters) {
        return fault_of([&] { (void)model.invoke(place, instance(), "Upgrade", parameters); });
    };
    CHECK(fault_with({{"PackageLocation", "fix.msp"}}) == wbem_e_invalid_parameter);
    CHECK(fault_with({{"PackageLocation", "fix.msp"}, {"Options", cim::Value{}}}) ==
          wbem_e_invalid_parameter);
    CHECK(fault_with({{"PackageLocation", std::int64_t{1}}, {"Options", ""}}) == wbem_e_invalid_parameter);
    CHECK(fault_of([&] { (void)model.invoke(place, instance(), "Repair", {}); }) == wbem_e_invalid_method);
}

TEST_CASE_METHOD(Fixture, "without products there is no Win32_Product, and nothing at the host \".\"",
                 "[simulation]") {
    CimModel other{Description{}, clock, {}};
    CHECK(fault_of([&] { (void)other.connect(".", R"(root\cimv2)"); }) == rpc_s_server_unavailable);
}
