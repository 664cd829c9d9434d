// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/described.hpp"

using namespace upshift;
using test::described_vm;
using test::World;

namespace {

/// What a host that misreports does to an answer on its way.
struct Distortion {
    std::function<void(const std::string& method, cim::MethodResult&)> after_invoke =
        [](const std::string& /*method*/, cim::MethodResult& /*result*/) {};
    std::function<void(std::optional<cim::Instance>&)> after_job_read =
        [](std::optional<cim::Instance>& /*job*/) {};
    std::function<void(const cim::ObjectPath&)> after_read = [](const cim::ObjectPath& /*path*/) {};
    bool drops_upgrade = false;  ///< reports success and does nothing
};

class DistortedSession : public cim::CimSession {
  public:
    DistortedSession(std::shared_ptr<cim::CimSession> real, const Distortion& distortion)
        : real_(std::move(real)), distortion_(distortion) {}

    std::vector<cim::Instance> query(const cim::Query& query) override { return real_->query(query); }
    std::optional<cim::Instance> get(const cim::ObjectPath& path,
                                     const std::vector<std::string>& columns) override {
        auto instance = real_->get(path, columns);
        if (path.class_name == "Msvm_ConcreteJob") {
            distortion_.after_job_read(instance);
        }
        distortion_.after_read(path);
        return instance;
    }
    std::vector<cim::Instance> references(const cim::ObjectPath& object, const std::string& association,
                                          const std::vector<std::string>& columns) override {
        return real_->references(object, association, columns);
    }
    cim::MethodResult invoke(const cim::ObjectPath& object, const std::string& method,
                             const cim::NamedValues& parameters) override {
        if (method == "UpgradeSystemVersion" && distortion_.drops_upgrade) {
            return {};
        }
        auto result = real_->invoke(object, method, parameters);
        distortion_.after_invoke(method, result);
        return result;
    }

  private:
    std::shared_ptr<cim::CimSession> real_;
    const Distortion& distortion_;
};

class DistortedConnector : public cim::CimConnector {
  public:
    DistortedConnector(World& world, const Distortion& distortion)
        : real_(world.model), distortion_(distortion) {}

    std::vector<std::string> hosts() override { return real_.hosts(); }
    std::shared_ptr<cim::CimSession> connect(const std::string& host, const std::string& space) override {
        return std::make_shared<DistortedSession>(real_.connect(host, space), distortion_);
    }

  private:
    simulation::SimulatedConnector real_;
    const Distortion& distortion_;
};

Answer upgrade_distorted(World& world, const Distortion& distortion) {
    DistortedConnector connector(world, distortion);
    return world.upgrade_over(connector, test::shutting_down());
}

void lose_connection() {
    throw OperationError({.kind = ErrorKind::connection, .attempted = "call", .found = "the line is dead"});
}

}  // namespace

TEST_CASE("success without the version is a failure", "[vm_version]") {
    World world({described_vm("web")});

    const auto answer = upgrade_distorted(world, {.drops_upgrade = true});

    const auto& row = answer.targets.front();
    CHECK(row.outcome == Outcome::failed);
    CHECK_FALSE(row.changed);
    CHECK(
        sentence(*row.error) ==
        "Could not upgrade the virtual machine \"web\": Hyper-V reported success, but it is still at version "
        "8.0; needed is version 10.0. Look into the Hyper-V-VMMS event log.");
}

TEST_CASE("a job with an error code succeeds if the version was reached, with a warning", "[vm_version]") {
    World world({described_vm("web")});
    Distortion distortion;
    distortion.after_job_read = [](std::optional<cim::Instance>& job) {
        for (auto& [name, value] : job->properties) {
            value = name == "ErrorCode" ? cim::Value(std::int64_t{32768}) : value;
        }
    };

    const auto answer = upgrade_distorted(world, distortion);

    CHECK(answer.targets.front().outcome == Outcome::upgraded);
    REQUIRE(answer.warnings.size() == 1);
    CHECK_THAT(answer.warnings.front(),
               Catch::StartsWith("The wanted version of \"web\" was reached all the same:"));
}

TEST_CASE("a job that is gone is decided by the version", "[vm_version]") {
    World world({described_vm("web")});
    Distortion distortion;
    distortion.after_job_read = [](std::optional<cim::Instance>& job) { job.reset(); };

    CHECK(upgrade_distorted(world, distortion).targets.front().outcome == Outcome::upgraded);
}

TEST_CASE("a call that broke off is never sent twice; the version decides", "[vm_version]") {
    World world({described_vm("web", "8.0", "running")});
    Distortion distortion;
    distortion.after_invoke = [](const std::string& method, cim::MethodResult& /*result*/) {
        if (method == "UpgradeSystemVersion") {
            lose_connection();
        }
    };

    const auto answer = upgrade_distorted(world, distortion);

    CHECK(answer.targets.front().outcome == Outcome::upgraded);
    CHECK(answer.targets.front().state == "running");
    CHECK(world.stored.at(0).upgrade_calls == 1);
}

TEST_CASE("a VM whose job can no longer be watched is left off and told", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.upgrade.seconds = std::chrono::seconds(500);
    World world({vm});
    Distortion distortion;
    distortion.after_job_read = [](std::optional<cim::Instance>& /*job*/) { lose_connection(); };

    const auto answer = upgrade_distorted(world, distortion);

    const auto& row = answer.targets.front();
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.error->kind == ErrorKind::connection);
    CHECK(row.state == "off");
    CHECK(row.changed);
}

TEST_CASE("a VM is not started under an upgrade whose answer was lost, but after it", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.upgrade.seconds = std::chrono::seconds(50);
    World world({vm});
    Distortion distortion;
    distortion.after_invoke = [](const std::string& method, cim::MethodResult& /*result*/) {
        if (method == "UpgradeSystemVersion") {
            lose_connection();
        }
    };

    const auto answer = upgrade_distorted(world, distortion);

    CHECK(answer.targets.front().outcome == Outcome::upgraded);
    CHECK(answer.targets.front().state == "running");
    CHECK(world.clock.elapsed() >= std::chrono::seconds(50));
    CHECK(world.stored.at(0).upgrade_calls == 1);
}

TEST_CASE("a shutdown whose answer was lost is waited for and not asked again", "[vm_version]") {
    auto vm = described_vm("web", "8.0", "running");
    vm.shutdown.seconds = std::chrono::seconds(20);
    World world({vm});
    Distortion distortion;
    int asked = 0;
    distortion.after_invoke = [&](const std::string& method, cim::MethodResult& /*result*/) {
        if (method == "InitiateShutdown") {
            ++asked;
            lose_connection();
        }
    };

    const auto answer = upgrade_distorted(world, distortion);

    CHECK(answer.targets.front().outcome == Outcome::upgraded);
    CHECK(answer.targets.front().state == "running");
    CHECK(asked == 1);
}

TEST_CASE("a start whose answer was lost is decided by the state", "[vm_version]") {
    World world({described_vm("web", "8.0", "running")});
    Distortion distortion;
    int started = 0;
    distortion.after_invoke = [&](const std::string& method, cim::MethodResult& /*result*/) {
        if (method == "RequestStateChange") {
            ++started;
            lose_connection();
        }
    };

    const auto answer = upgrade_distorted(world, distortion);

    CHECK(answer.targets.front().outcome == Outcome::upgraded);
    CHECK(answer.targets.front().state == "running");
    CHECK(started == 1);
}

TEST_CASE("what was reached counts as changed though the last reading fails", "[vm_version]") {
    World world({described_vm("web")});
    Distortion distortion;
    int readings = 0;
    constexpr int before_and_after_the_upgrade = 2;
    distortion.after_read = [&](const cim::ObjectPath& path) {
        if (path.class_name == "Msvm_VirtualSystemSettingData" && !path.keys.empty() &&
            path.keys.front().second.starts_with("Microsoft:") &&
            !path.keys.front().second.starts_with("Microsoft:Definition") &&
            ++readings > before_and_after_the_upgrade) {
            lose_connection();
        }
    };

    const auto answer = upgrade_distorted(world, distortion);

    CHECK(answer.targets.front().outcome == Outcome::failed);
    CHECK(answer.targets.front().changed);
}
