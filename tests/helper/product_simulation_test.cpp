// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>

#include "contract/json/answer.hpp"
#include "simulation/simulated_implementations.hpp"
#include "support/products.hpp"

using namespace upshift;

namespace {

/// A simulation file of the test's own, with its state; gone with this object.
class Simulation {
  public:
    explicit Simulation(const std::string& text)
        : folder_(std::filesystem::temp_directory_path() /
                  ("upshift-test-" + std::to_string(std::random_device()()))),
          path_((folder_ / "described.json").string()) {
        std::filesystem::create_directory(folder_);
        write(text);
    }
    Simulation(const Simulation&) = delete;
    Simulation& operator=(const Simulation&) = delete;
    ~Simulation() { std::filesystem::remove_all(folder_); }

    void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }

    Answer upgrade(const std::vector<std::string>& paths, WhenAbsent when_absent = WhenAbsent::fail,
                   bool check_mode = false) const {
        ProductVersionRequest request{.when_absent = when_absent, .simulation = path_};
        for (const auto& path : paths) {
            request.packages.push_back({.path = path});
        }
        return run(check_mode ? SimulationAccess::read_only : SimulationAccess::read_write,
                   [&](const ProductSeams& seams, const RunContext& context) {
                       return upgrade_products(request, {.check_mode = check_mode, .diff = false}, seams,
                                               context);
                   });
    }

    Answer list(const std::vector<std::string>& paths = {}) const {
        return run(SimulationAccess::read_only, [&](const ProductSeams& seams, const RunContext& context) {
            return list_products({.paths = paths, .simulation = path_}, seams, context);
        });
    }

  private:
    template <typename Work>
    Answer run(SimulationAccess access, Work work) const {
        const auto parts = simulated_implementations(path_, access);
        test::Computer silent;
        return work(ProductSeams{*parts.reader, *parts.inventory, *parts.engine, *parts.machine},
                    RunContext{parts.machine->clock(), silent, {}, parts.machine->journal()});
    }

    std::filesystem::path folder_;
    std::string path_;
};

constexpr const char* probe = R"({
  "products": [{"name": "Probe", "version": "1.0.0",
                "product_code": "{11111111-0000-0000-0000-000000000001}",
                "upgrade_code": "{AAAAAAAA-0000-0000-0000-000000000001}"}],
  "packages": [{"path": "minor.msi", "name": "Probe", "version": "1.1.0",
                "product_code": "{11111111-0000-0000-0000-000000000001}",
                "upgrade_code": "{AAAAAAAA-0000-0000-0000-000000000001}"},
               {"path": "major.msi", "name": "Probe", "version": "2.0.0", "result": 3010,
                "product_code": "{22222222-0000-0000-0000-000000000002}",
                "upgrade_code": "{AAAAAAAA-0000-0000-0000-000000000001}"},
               {"path": "broken.msi", "name": "Probe", "version": "3.0.0", "result": 1603,
                "product_code": "{33333333-0000-0000-0000-000000000003}",
                "upgrade_code": "{AAAAAAAA-0000-0000-0000-000000000001}"},
               {"path": "other.msi", "name": "Other", "version": "1.0.0",
                "product_code": "{44444444-0000-0000-0000-000000000004}"},
               {"path": "bad.msi", "error": {"kind": "package_invalid", "found": "it is damaged"}}]})";

}  // namespace

TEST_CASE("a described product is upgraded once, and later runs find it so", "[simulation]") {
    const Simulation simulation(probe);

    CHECK(simulation.upgrade({"minor.msi"}).targets.front().outcome == Outcome::upgraded);
    CHECK_FALSE(simulation.upgrade({"minor.msi"}).changed);

    const auto major = simulation.upgrade({"major.msi"});
    CHECK(major.targets.front().classification == "major_upgrade");
    CHECK(major.reboot_required);
    CHECK_FALSE(simulation.upgrade({"major.msi"}).changed);

    const auto products = *simulation.list().products;
    REQUIRE(products.size() == 1);
    CHECK(products.front().product.version == "2.0.0");
    CHECK(products.front().product.product_code == "{22222222-0000-0000-0000-000000000002}");
}

TEST_CASE("check mode tells the same of a described product and changes nothing", "[simulation]") {
    const Simulation simulation(probe);

    const auto planned = simulation.upgrade({"major.msi"}, WhenAbsent::fail, true);
    CHECK(planned.targets.front().outcome == Outcome::would_upgrade);
    CHECK(simulation.list().products->front().product.version == "1.0.0");
}

TEST_CASE("a described package answers the code it is described with", "[simulation]") {
    const Simulation simulation(probe);

    const auto broken = simulation.upgrade({"broken.msi"});
    CHECK(broken.targets.front().error->symbol == "ERROR_INSTALL_FAILURE");
    CHECK(simulation.list().products->front().product.version == "1.0.0");
}

TEST_CASE("a described package installs beside what is there", "[simulation]") {
    const Simulation simulation(probe);

    CHECK(simulation.upgrade({"other.msi"}, WhenAbsent::install).targets.front().outcome ==
          Outcome::installed);
    CHECK(simulation.list().products->size() == 2);
}

TEST_CASE("a package that is not described or described as bad cannot be read", "[simulation]") {
    const Simulation simulation(probe);

    const auto answer = simulation.upgrade({"missing.msi", "bad.msi"});
    CHECK(answer.targets[0].error->kind == ErrorKind::package_unreadable);
    CHECK(answer.targets[0].error->hint == "Describe it among the packages of the simulation.");
    CHECK(answer.targets[1].error->kind == ErrorKind::package_invalid);
    CHECK(answer.targets[1].error->found == "it is damaged");
}

TEST_CASE("a saved answer about products and packages is a simulation of them", "[simulation]") {
    const Simulation simulation(probe);
    const std::vector<std::string> paths{"minor.msi", "major.msi", "other.msi", "bad.msi"};
    const Simulation saved(to_json_line(simulation.list(paths)));

    for (const auto& path : paths) {
        CAPTURE(path);
        const auto told = simulation.upgrade({path}, WhenAbsent::install, true).targets.front();
        const auto rehearsed = saved.upgrade({path}, WhenAbsent::install, true).targets.front();
        CHECK(rehearsed.outcome == told.outcome);
        CHECK(rehearsed.classification == told.classification);
        CHECK(rehearsed.version_before == told.version_before);
    }
}

TEST_CASE("a wrong row about products is named", "[simulation]") {
    const Simulation simulation(
        R"({"products": [{"name": "Probe", "product_code": "none", "version": "1.0"}]})");
    CHECK_THROWS_WITH(simulation.list(), Catch::Contains("products[0].product_code") &&
                                             Catch::Contains("the text \"none\"") &&
                                             Catch::Contains("a GUID"));
}

TEST_CASE("products are listed by name, by code and by the code of their family", "[product_version]") {
    test::Computer computer;
    auto second = test::installed_from(test::package_of("2.0.0", test::product_two));
    second.name = "Änderung";
    computer.products = {test::installed_from(test::package_of("1.0.0")), second};
    const auto count = [&](const ProductInfoRequest& request) {
        const ProductSeams seams{computer, computer, computer, computer};
        return list_products(request, seams, {computer.time, computer, {}, computer.notes}).products->size();
    };
    CHECK(count({}) == 2);
    CHECK(count({.names = {"ÄNDER*"}}) == 1);
    CHECK(count({.names = {"nobody"}}) == 0);
    CHECK(count({.product_codes = {test::product_one}}) == 1);
    CHECK(count({.upgrade_codes = {test::family}}) == 2);
    CHECK(count({.names = {"probe"}, .product_codes = {test::product_one}}) == 1);
}

TEST_CASE("several packages that cannot be read are counted, and the first is named", "[product_version]") {
    test::Computer computer;
    computer.add(test::package_of("1.0.0"));
    const auto message = [&](const std::vector<std::string>& paths) {
        const ProductSeams seams{computer, computer, computer, computer};
        return list_products({.paths = paths}, seams, {computer.time, computer, {}, computer.notes}).message;
    };
    const std::string first = "Could not read the package \"a.msi\": there is no such file.";
    CHECK(message({"a.msi", test::package_of("1.0.0").path, "b.msi"}) ==
          "0 installed products, 3 packages; 2 packages could not be read, the first: " + first);
    CHECK(message({"a.msi"}) == "0 installed products, 1 package. " + first);
}
