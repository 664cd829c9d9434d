// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/perform.hpp"

#include <algorithm>

#include "cim/guarded_session.hpp"
#include "installer/wmi_install_engine.hpp"
#include "machine/unavailable.hpp"
#include "product_version/product_version.hpp"
#include "simulation/simulated_implementations.hpp"
#include "vm_version/vm_version.hpp"

namespace upshift {

namespace {

/// Has the feature of each kind of request do its work.
class Performer {
  public:
    Performer(const AnswerOptions& options, Implementations& implementations, ProgressSink& progress,
              const std::stop_token& stop)
        : options_(options), implementations_(implementations), progress_(progress), stop_(stop) {}

    Answer operator()(const VmVersionRequest& request) const {
        cim::CimConnector& hosts = connector();
        return upgrade_vms(request, options_, hosts, context());
    }
    Answer operator()(const VmInfoRequest& request) const {
        cim::CimConnector& hosts = connector();
        return list_vms(request, hosts, context());
    }
    Answer operator()(const ProductVersionRequest& request) const {
        return upgrade_products(request, options_, product_seams(), context());
    }
    Answer operator()(const ProductInfoRequest& request) const {
        return list_products(request, product_seams(), context());
    }

  private:
    cim::CimConnector& connector() const {
        if (!implementations_.connector) {
            throw OperationError(no_hyperv_session());
        }
        return *implementations_.connector;
    }

    ProductSeams product_seams() const {
        if (!implementations_.reader) {
            throw OperationError(no_windows_installer());
        }
        return {*implementations_.reader, *implementations_.inventory, *implementations_.engine,
                *implementations_.machine};
    }

    RunContext context() const {
        auto& machine = *implementations_.machine;
        return {.clock = machine.clock(), .progress = progress_, .stop = stop_, .journal = machine.journal()};
    }

    const AnswerOptions& options_;
    Implementations& implementations_;
    ProgressSink& progress_;
    const std::stop_token& stop_;
};

const std::string& simulation_of(const Request& request) {
    return std::visit([](const auto& operation) -> const std::string& { return operation.simulation; },
                      request.operation);
}

Implementations pick_implementations(const Request& request) {
    const std::string& simulation = simulation_of(request);
    if (simulation.empty()) {
        return system_implementations();
    }
    return simulated_implementations(
        simulation, can_change(request) ? SimulationAccess::read_write : SimulationAccess::read_only);
}

constexpr std::chrono::seconds for_reading{300};

/// How long one call to a host may take.
struct CallLimitsOf {
    /// No longer than all the work on a VM.
    cim::CallLimits operator()(const VmVersionRequest& request) const { return {.call = request.timeout}; }
    cim::CallLimits operator()(const VmInfoRequest& /*request*/) const { return {.call = for_reading}; }
    /// A method installs a product; that the run waits no longer than timeout for it is not the guard's
    /// affair.
    cim::CallLimits operator()(const ProductVersionRequest& request) const {
        return {.call = std::min(request.timeout, for_reading),
                .method = request.timeout + std::chrono::seconds(60)};
    }
    cim::CallLimits operator()(const ProductInfoRequest& /*request*/) const { return {.call = for_reading}; }
};

void guard_calls(Implementations& implementations, const Request& request, const std::stop_token& stop) {
    if (implementations.connector) {
        implementations.connector = std::make_unique<cim::GuardedConnector>(
            std::move(implementations.connector), std::visit(CallLimitsOf(), request.operation),
            implementations.machine->clock(), stop);
    }
}

void pick_engine(Implementations& implementations, const Request& request) {
    const auto* const upgrade = std::get_if<ProductVersionRequest>(&request.operation);
    if (upgrade != nullptr && upgrade->engine == Engine::wmi && implementations.connector) {
        implementations.engine =
            std::make_unique<WmiInstallEngine>(*implementations.connector, implementations.full_path);
    }
}

}  // namespace

bool can_change(const Request& request) {
    const bool is_info = std::holds_alternative<VmInfoRequest>(request.operation) ||
                         std::holds_alternative<ProductInfoRequest>(request.operation);
    return !is_info && !request.options.check_mode;
}

Answer perform(const Request& request, Implementations& implementations, ProgressSink& progress,
               const std::stop_token& stop) {
    implementations = pick_implementations(request);
    guard_calls(implementations, request, stop);
    pick_engine(implementations, request);
    Answer answer =
        std::visit(Performer(request.options, implementations, progress, stop), request.operation);
    answer.warnings.insert(answer.warnings.begin(), implementations.warnings.begin(),
                           implementations.warnings.end());
    answer.check_mode = request.options.check_mode;
    answer.simulated = !simulation_of(request).empty();
    return answer;
}

}  // namespace upshift
